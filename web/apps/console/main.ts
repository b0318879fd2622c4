// SPDX-License-Identifier: Apache-2.0
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { createClient } from '../../packages/api/client'
import { takeSecret } from '../../packages/api/link'
import { changeLanguage, chooseLanguage, createTexts, type Language } from '../../packages/i18n'
import '../../packages/ui/tokens.css'
import 'element-plus/theme-chalk/base.css'
import 'element-plus/theme-chalk/el-button.css'
import 'element-plus/theme-chalk/el-overlay.css'
import 'element-plus/theme-chalk/el-dialog.css'
import 'element-plus/theme-chalk/el-drawer.css'
import 'element-plus/theme-chalk/el-progress.css'
import './console.css'
import ConsoleApp from './ConsoleApp.vue'
import { createPages } from './router'
import { clientKey } from './stores/house'

// A page of the console has its place where a link has its secret; only a secret is taken out of the address.
const secret = location.hash.startsWith('#/') ? null : takeSecret(location, history)
const remembered = localStorage.getItem('plenum.language')
const texts = await createTexts(chooseLanguage(location.search, [...(remembered === null ? [] : [remembered]), ...navigator.languages]))
const app = createApp(ConsoleApp, {
  secret,
  changeLanguage: async (language: Language) => {
    localStorage.setItem('plenum.language', language)
    await changeLanguage(texts, language)
  },
})
app.use(texts)
app.use(createPinia())
app.provide(clientKey, createClient({ language: () => texts.global.locale.value }))
app.use(createPages())
app.mount('#app')
