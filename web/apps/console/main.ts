// SPDX-License-Identifier: Apache-2.0
import { createApp } from 'vue'
import { createClient } from '../../packages/api/client'
import { takeSecret } from '../../packages/api/link'
import { changeLanguage, chooseLanguage, createTexts, type Language } from '../../packages/i18n'
import '../../packages/ui/tokens.css'
import ConsoleApp from './ConsoleApp.vue'
import './console.css'

const secret = takeSecret(location, history)
const texts = await createTexts(chooseLanguage(location.search, navigator.languages))
createApp(ConsoleApp, {
  client: createClient({ language: () => texts.global.locale.value }),
  secret,
  changeLanguage: (language: Language) => changeLanguage(texts, language),
})
  .use(texts)
  .mount('#app')
