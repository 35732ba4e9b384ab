import java.io.IOException
import java.net.HttpURLConnection
import java.net.URI
import kotlin.random.Random

/**
 * Follows a user's numbers: `FollowKt BASE_URL USER_ID`, with the token in TOLLGATE_TOKEN. Prints a
 * line for each event: its version, and its JSON. Connects again with back-off, and goes on after the
 * last event it has seen (LAST_EVENT_ID, where it is started again). On Android the same, on a thread
 * of your own.
 */
class Follow(base: String, user: String, private val token: String, private var last: String) {
    private val stream = URI.create("$base/api/v1/billing/sync/$user/stream").toURL()
    private var pauseMs = FIRST_PAUSE_MS

    fun run() {
        while (true) {
            try {
                read()
            } catch (broken: IOException) {
                // connects again below
            }
            Thread.sleep(pauseMs / 2 + Random.nextLong(pauseMs / 2))
            pauseMs = minOf(pauseMs * 2, LONGEST_PAUSE_MS)
        }
    }

    private fun read() {
        val connection = stream.openConnection() as HttpURLConnection
        connection.setRequestProperty("Authorization", "Bearer $token")
        if (last.isNotEmpty()) {
            connection.setRequestProperty("Last-Event-ID", last)
        }
        connection.connectTimeout = 10_000
        // longer than two heartbeats: who is silent for so long is gone
        connection.readTimeout = 75_000
        try {
            check(connection.responseCode !in FINAL) { "refused with ${connection.responseCode}" }
            var id = ""
            connection.inputStream.bufferedReader().forEachLine { line ->
                if (line.startsWith("id: ")) {
                    id = line.substring(4)
                } else if (line.startsWith("data: ")) {
                    println(id.ifEmpty { "-" } + " " + line.substring(6))
                    last = id.ifEmpty { last }
                    id = ""
                    pauseMs = FIRST_PAUSE_MS
                }
            }
        } finally {
            connection.disconnect()
        }
    }

    private companion object {
        const val FIRST_PAUSE_MS = 500L
        const val LONGEST_PAUSE_MS = 30_000L
        val FINAL = setOf(400, 401, 403, 404)
    }
}

fun main(arguments: Array<String>) {
    Follow(
        arguments[0],
        arguments[1],
        System.getenv("TOLLGATE_TOKEN"),
        System.getenv("LAST_EVENT_ID") ?: "",
    ).run()
}
