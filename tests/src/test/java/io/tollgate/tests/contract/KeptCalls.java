package io.tollgate.tests.contract;

import io.tollgate.tests.installation.Client;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Requests about what providers keep, good ones and bad ones. */
final class KeptCalls {
  private static final String GPT = "gpt-4o-mini";
  private static final int RICH = 1;
  private static final int POOR = 2;
  private static final String RESPONSES = "/v1/responses";
  private static final String FILES = "/v1/files";
  private static final String BATCHES = "/v1/batches";
  private static final String UNKNOWN = "/unknown";

  private KeptCalls() {}

  static List<Call> all() {
    return List.of(
        good("GET", RESPONSES + "/{id}", by -> by.get(response(by, false), by.asUser(RICH))),
        bad("GET", RESPONSES + "/{id}", by -> by.get(RESPONSES + UNKNOWN, by.asUser(RICH))),
        good("DELETE", RESPONSES + "/{id}", by -> by.delete(response(by, false), by.asUser(RICH))),
        bad("DELETE", RESPONSES + "/{id}", by -> by.delete(RESPONSES + UNKNOWN, by.asUser(RICH))),
        good(
            "POST",
            RESPONSES + "/{id}/cancel",
            by -> by.post(response(by, true) + "/cancel", "", by.asUser(RICH))),
        bad(
            "POST",
            RESPONSES + "/{id}/cancel",
            by -> by.post(RESPONSES + UNKNOWN + "/cancel", "", by.asUser(RICH))),
        good(
            "GET",
            RESPONSES + "/{id}/input_items",
            by -> by.get(response(by, false) + "/input_items", by.asUser(RICH))),
        bad(
            "GET",
            RESPONSES + "/{id}/input_items",
            by -> by.get(RESPONSES + UNKNOWN + "/input_items", by.asUser(RICH))),
        good("POST", FILES, by -> by.upload(RICH, line())),
        new Call(new Operation("POST", FILES), "no key", 401, by -> by.post(FILES, "")),
        good("GET", FILES, by -> by.get(FILES + "?limit=1", by.asUser(RICH))),
        new Call(
            new Operation("GET", FILES),
            "no limit",
            400,
            by -> by.get(FILES + "?limit=0", by.asUser(RICH))),
        good("GET", FILES + "/{id}", by -> by.get(file(by, RICH), by.asUser(RICH))),
        bad("GET", FILES + "/{id}", by -> by.get(FILES + UNKNOWN, by.asUser(RICH))),
        good("DELETE", FILES + "/{id}", by -> by.delete(file(by, RICH), by.asUser(RICH))),
        bad("DELETE", FILES + "/{id}", by -> by.delete(FILES + UNKNOWN, by.asUser(RICH))),
        good(
            "GET",
            FILES + "/{id}/content",
            by -> by.get(file(by, RICH) + "/content", by.asUser(RICH))),
        bad(
            "GET",
            FILES + "/{id}/content",
            by -> by.get(FILES + UNKNOWN + "/content", by.asUser(RICH))),
        good("POST", BATCHES, by -> by.post(BATCHES, order(file(by, RICH)), by.asUser(RICH))),
        bad("POST", BATCHES, by -> by.post(BATCHES, order(UNKNOWN), by.asUser(RICH))),
        new Call(
            new Operation("POST", BATCHES),
            "no means",
            402,
            by -> by.post(BATCHES, order(file(by, POOR)), by.asUser(POOR))),
        good("GET", BATCHES, by -> by.get(BATCHES, by.asUser(RICH))),
        new Call(
            new Operation("GET", BATCHES),
            "too many",
            400,
            by -> by.get(BATCHES + "?limit=101", by.asUser(RICH))),
        good("GET", BATCHES + "/{id}", by -> by.get(batch(by), by.asUser(RICH))),
        bad("GET", BATCHES + "/{id}", by -> by.get(BATCHES + UNKNOWN, by.asUser(RICH))),
        good(
            "POST",
            BATCHES + "/{id}/cancel",
            by -> by.post(batch(by) + "/cancel", "", by.asUser(RICH))),
        bad(
            "POST",
            BATCHES + "/{id}/cancel",
            by -> by.post(BATCHES + UNKNOWN + "/cancel", "", by.asUser(RICH))));
  }

  private static Call good(String method, String path, Function<Requests, HttpRequest> request) {
    return new Call(new Operation(method, path), "its owner", 200, request);
  }

  private static Call bad(String method, String path, Function<Requests, HttpRequest> request) {
    return new Call(new Operation(method, path), "unknown", 404, request);
  }

  private static String response(Requests by, boolean background) {
    Map<String, ?> body =
        Map.of("model", GPT, "max_output_tokens", 20, "input", "Hello", "background", background);
    return RESPONSES + "/" + id(by, by.post(RESPONSES, body, by.asUser(RICH)));
  }

  private static String file(Requests by, int user) {
    return FILES + "/" + id(by, by.upload(user, line()));
  }

  private static String batch(Requests by) {
    String made = id(by, by.post(BATCHES, order(file(by, RICH)), by.asUser(RICH)));
    return BATCHES + "/" + made;
  }

  private static String line() {
    return "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":"
        + Client.chat(GPT, 20, false, "Good morning.")
        + "}\n";
  }

  private static Map<String, ?> order(String file) {
    return Map.of(
        "input_file_id",
        file.substring(file.lastIndexOf('/') + 1),
        "endpoint",
        "/v1/chat/completions",
        "completion_window",
        "24h");
  }

  private static String id(Requests by, HttpRequest request) {
    return Client.json(by.send(request)).required("id").asString();
  }
}
