import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { RouteLocationRaw } from 'vue-router'

export interface Notice {
  id: number
  text: string
  tone: 'good' | 'bad' | 'info'
  /** Takes back what was done, for as long as the notice stays. */
  undo?: () => void | Promise<void>
  /** Where what was done can be seen. */
  link?: { to: RouteLocationRaw; text: string }
}

const STAY_MS = 6_000
const UNDO_MS = 10_000

/** What is told in passing at the foot of the page. */
export const useNotices = defineStore('notices', () => {
  const notices = ref<Notice[]>([])
  let next = 1

  function tell(notice: Omit<Notice, 'id'>): void {
    const id = next++
    notices.value = [...notices.value.slice(-2), { ...notice, id }]
    setTimeout(() => drop(id), notice.undo ? UNDO_MS : STAY_MS)
  }

  function drop(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }

  return { notices, tell, drop }
})
