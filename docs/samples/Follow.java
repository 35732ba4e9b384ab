import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Follows a user's numbers: {@code java Follow.java BASE_URL USER_ID}, with the token in
 * TOLLGATE_TOKEN. Prints a line for each event: its version, and its JSON. Connects again with
 * back-off, and goes on after the last event it has seen (LAST_EVENT_ID, where it is started again).
 */
public final class Follow {
  private static final Set<Integer> FINAL = Set.of(400, 401, 403, 404);

  private final URL stream;
  private final String token;
  private String last;
  private long pauseMs = 500;

  private Follow(String base, String user, String token, String last)
      throws MalformedURLException {
    this.stream = URI.create(base + "/api/v1/billing/sync/" + user + "/stream").toURL();
    this.token = token;
    this.last = last;
  }

  public static void main(String[] arguments)
      throws InterruptedException, MalformedURLException {
    new Follow(
            arguments[0],
            arguments[1],
            System.getenv("TOLLGATE_TOKEN"),
            System.getenv().getOrDefault("LAST_EVENT_ID", ""))
        .run();
  }

  private void run() throws InterruptedException {
    while (true) {
      try {
        read();
      } catch (IOException broken) {
        // connects again below
      }
      Thread.sleep(pauseMs / 2 + ThreadLocalRandom.current().nextLong(pauseMs / 2));
      pauseMs = Math.min(pauseMs * 2, 30_000);
    }
  }

  private void read() throws IOException {
    HttpURLConnection connection = (HttpURLConnection) stream.openConnection();
    connection.setRequestProperty("Authorization", "Bearer " + token);
    if (!last.isEmpty()) {
      connection.setRequestProperty("Last-Event-ID", last);
    }
    connection.setConnectTimeout(10_000);
    // longer than two heartbeats: who is silent for so long is gone
    connection.setReadTimeout(75_000);
    if (FINAL.contains(connection.getResponseCode())) {
      throw new IllegalStateException("refused with " + connection.getResponseCode());
    }
    String id = "";
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          System.out.println((id.isEmpty() ? "-" : id) + " " + line.substring(6));
          last = id.isEmpty() ? last : id;
          id = "";
          pauseMs = 500;
        }
      }
    }
  }
}
