// SPDX-License-Identifier: Apache-2.0
import { createRouter, createWebHashHistory } from 'vue-router'
import CongressPage from './pages/CongressPage.vue'
import HomePage from './pages/HomePage.vue'
import NowPage from './pages/NowPage.vue'

/**
 * The console's pages. The address after `#` never reaches the server, so every one of them is the one file that it serves;
 * a link's secret stands in the same place and begins with another sign than `/`.
 */
export function createPages() {
  return createRouter({
    history: createWebHashHistory(),
    scrollBehavior: () => ({ top: 0 }),
    routes: [
      { path: '/', name: 'home', component: HomePage },
      { path: '/plan', name: 'plan', component: () => import('./pages/PlanPage.vue') },
      { path: '/register', name: 'register', component: () => import('./pages/RegisterPage.vue') },
      { path: '/register/import', name: 'import', component: () => import('./pages/ImportPage.vue') },
      { path: '/register/:organisation', name: 'members', component: () => import('./pages/MembersPage.vue'), props: true },
      { path: '/any', name: 'any_register', component: () => import('./pages/AnyActPage.vue') },
      {
        path: '/c/:congress',
        component: CongressPage,
        children: [
          { path: '', name: 'now', component: NowPage },
          { path: 'prepare', name: 'prepare', component: () => import('./pages/PreparePage.vue') },
          { path: 'rules', name: 'rules', component: () => import('./pages/RulesPage.vue') },
          { path: 'units', name: 'units', component: () => import('./pages/UnitsPage.vue') },
          { path: 'delegates', name: 'delegates', component: () => import('./pages/DelegatesPage.vue') },
          { path: 'roster', name: 'roster', component: () => import('./pages/RosterPage.vue') },
          { path: 'check-in', name: 'check_in', component: () => import('./pages/CheckInPage.vue') },
          { path: 'agenda', name: 'agenda', component: () => import('./pages/AgendaPage.vue') },
          { path: 'sitting', name: 'sitting', component: () => import('./pages/SittingPage.vue') },
          { path: 'questions', name: 'questions', component: () => import('./pages/QuestionsPage.vue') },
          { path: 'presidium', name: 'presidium', component: () => import('./pages/PresidiumPage.vue') },
          { path: 'elections', name: 'elections', component: () => import('./pages/ElectionsPage.vue') },
          { path: 'elections/:election', name: 'election', component: () => import('./pages/ElectionPage.vue'), props: true },
          { path: 'elections/:election/count/:teller', name: 'count', component: () => import('./pages/CountPage.vue'), props: true },
          { path: 'documents', name: 'documents', component: () => import('./pages/DocumentsPage.vue') },
          { path: 'record', name: 'record', component: () => import('./pages/RecordPage.vue') },
          { path: 'any', name: 'any', component: () => import('./pages/AnyActPage.vue') },
        ],
      },
      { path: '/:rest(.*)*', redirect: '/' },
    ],
  })
}
