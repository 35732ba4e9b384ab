package io.tollgate.bench.load;

/** What a request of the benchmark looks like: its path, the headers of its protocol, its body. */
public enum RequestForm {
  CHAT("/v1/chat/completions", "Authorization: Bearer ", "", "gpt-4o-mini"),
  CHAT_STREAM(
      "/v1/chat/completions",
      "Authorization: Bearer ",
      "\"stream\":true,\"stream_options\":{\"include_usage\":true},",
      "gpt-4o-mini"),
  /** Anthropic's caller, who asks for a model of a provider that speaks OpenAI's protocol. */
  MESSAGES_TO_CHAT(
      "/v1/messages", "anthropic-version: 2023-06-01\r\nx-api-key: ", "", "gpt-4o-mini"),
  /** OpenAI's caller, who asks for a model of a provider that speaks Anthropic's protocol. */
  CHAT_TO_MESSAGES("/v1/chat/completions", "Authorization: Bearer ", "", "claude-haiku-4-5");

  private final String path;
  private final String keyHeader;
  private final String members;
  private final String model;

  RequestForm(String path, String keyHeader, String members, String model) {
    this.path = path;
    this.keyHeader = keyHeader;
    this.members = members;
    this.model = model;
  }

  /** A whole request, about 1 KB. */
  String text(String key) {
    String body =
        "{\"model\":\""
            + model
            + "\",\"max_tokens\":64,"
            + members
            + "\"messages\":[{\"role\":\"user\",\"content\":\""
            + "A question that is asked at some length, as questions are. ".repeat(15)
            + "\"}]}";
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        + keyHeader
        + key
        + "\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
