import { messagesOf } from '@/locales/areas'

export default messagesOf(
  import.meta.glob<Record<string, unknown>>(
    ['./my*.json', './common.json', './components.json', './errors.json', './signIn.json', './request.json'],
    { eager: true, import: 'default' },
  ),
)
