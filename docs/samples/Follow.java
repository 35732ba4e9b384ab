import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/**
 * Follows a user's numbers: {@code java Follow.java BASE_URL USER_ID}, with the token in
 * TOLLGATE_TOKEN. Prints a line for each event: its version, and its JSON. Connects again with
 * back-off, and goes on after the last event it has seen (LAST_EVENT_ID, where it is started again).
 */
public final class Follow {
  private static final Set<Integer> FINAL = Set.of(400, 401, 403, 404);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI stream;
  private final String token;
  private String last;
  private long pauseMs = 500;

  private Follow(String base, String user, String token, String last) {
    this.stream = URI.create(base + "/api/v1/billing/sync/" + user + "/stream");
    this.token = token;
    this.last = last;
  }

  public static void main(String[] arguments) throws InterruptedException {
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
      } catch (IOException | java.io.UncheckedIOException broken) {
        // connects again below
      }
      Thread.sleep(pauseMs / 2 + ThreadLocalRandom.current().nextLong(pauseMs / 2));
      pauseMs = Math.min(pauseMs * 2, 30_000);
    }
  }

  private void read() throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(stream).header("Authorization", "Bearer " + token);
    if (!last.isEmpty()) {
      request.header("Last-Event-ID", last);
    }
    HttpResponse<Stream<String>> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
    if (FINAL.contains(response.statusCode())) {
      throw new IllegalStateException("refused with " + response.statusCode());
    }
    String id = "";
    for (Iterator<String> lines = response.body().iterator(); lines.hasNext(); ) {
      String line = lines.next();
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
