import App from '@/App.vue'
import { createConsoleRouter } from '@/router/console'
import { start } from '@/start'

void start('console', App, createConsoleRouter)
