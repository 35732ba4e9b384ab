import App from '@/App.vue'
import { firstFace } from '@/firstFace'
import { createPortalRouter } from '@/router/portal'
import { start } from '@/start'

/** At the root of the address it is asked who is signed in where, and gone on there. */
async function enter(): Promise<void> {
  if (location.pathname === '/') {
    const face = await firstFace()
    if (face === 'console') {
      location.replace('/console/')
      return
    }
    history.replaceState(null, '', '/portal/')
  }
  await start('portal', App, createPortalRouter)
}

void enter()
