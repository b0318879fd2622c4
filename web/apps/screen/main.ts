// SPDX-License-Identifier: Apache-2.0
import { createApp } from 'vue'
import { createClient } from '../../packages/api/client'
import { takeSecret } from '../../packages/api/link'
import { chooseLanguage, createTexts } from '../../packages/i18n'
import '../../packages/ui/tokens.css'
import ScreenApp from './ScreenApp.vue'
import './screen.css'

document.documentElement.dataset['place'] = 'hall'
const secret = takeSecret(location, history)
const language = chooseLanguage(location.search, navigator.languages)
const texts = await createTexts(language)
createApp(ScreenApp, {
  client: createClient({ language: () => language }),
  secret,
  congress: new URLSearchParams(location.search).get('congress'),
})
  .use(texts)
  .mount('#app')
