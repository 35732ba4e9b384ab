package io.tollgate.app;

import java.io.PrintWriter;
import java.nio.file.Path;

/** Prints where everything is, once the program serves. */
final class StartAnnouncement {
  private final PrintWriter out;

  StartAnnouncement(PrintWriter out) {
    this.out = out;
  }

  void recovered(int passages) {
    if (passages > 0) {
      out.println(
          passages
              + " requests were cut off when an earlier process ended; they are booked as in doubt.");
    }
  }

  void demo(DemoFile.Urls urls, DemoData.Made demo, Path dataDirectory) {
    out.println();
    out.println("Tollgate " + ProgramVersion.number() + " is up.");
    out.println();
    out.println("  relay and interfaces   " + urls.publicUrl());
    out.println("  metrics and backends   " + urls.privateUrl());
    out.println("  gRPC                   " + urls.grpc());
    out.println("  sandbox AI provider    " + urls.sandboxUrl());
    out.println("  sandbox payments       " + urls.sandboxUrl() + "/pay");
    out.println("  sandbox exchange       " + urls.sandboxUrl() + " (Binance's protocol)");
    out.println("  demo keys and users    " + dataDirectory.resolve("demo.json"));
    out.println();
    out.println("A first request:");
    out.println();
    out.println("  curl " + urls.publicUrl() + "/v1/chat/completions \\");
    out.println("    -H 'Authorization: Bearer " + demo.users().get(1).apiKey() + "' \\");
    out.println("    -H 'Content-Type: application/json' \\");
    out.println(
        "    -d '{\"model\":\"gpt-4o-mini\",\"messages\":"
            + "[{\"role\":\"user\",\"content\":\"Hello\"}]}'");
    out.println();
    out.println("Ctrl-C stops it.");
  }

  void firstAdmin(String password, Path file) {
    out.println("First administrator: admin, password " + password);
    out.println("(shown this once; also in " + file + ", which only its owner can read)");
  }

  void server(String name, String url) {
    out.println("  " + name + "   " + url);
  }
}
