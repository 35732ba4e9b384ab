import { messagesOf } from '@/locales/areas'

export default messagesOf(
  import.meta.glob<Record<string, unknown>>(['./*.json', '!./my*.json'], { eager: true, import: 'default' }),
)
