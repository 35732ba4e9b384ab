package io.tollgate.relay.protocols.anthropic.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonName;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.ParameterValues;

/** Reads an array of messages: checks its form and counts what is input. */
final class MessagesReader {
  static final int REQUEST_TOKENS = 3;
  static final int MESSAGE_TOKENS = 4;

  private static final JsonName ROLE = JsonName.of("role");
  private static final JsonName CONTENT = JsonName.of("content");

  /** Who speaks, and whether it is the user. */
  private static final JsonNames<Boolean> ROLES =
      new JsonNames.Builder<Boolean>().add(true, "user").add(false, "assistant", "system").build();

  private final JsonScanner scanner;
  private final ContentReader content;
  private final InputText.Collector input;

  MessagesReader(JsonScanner scanner, ContentReader content, InputText.Collector input) {
    this.scanner = requireNonNull(scanner, "scanner is null");
    this.content = requireNonNull(content, "content is null");
    this.input = requireNonNull(input, "input is null");
  }

  /** Reads up to the end of the array whose start was just returned. */
  void read() {
    int messages = 0;
    input.tokens(REQUEST_TOKENS);
    for (JsonToken token = scanner.next(); token != JsonToken.ARRAY_END; token = scanner.next()) {
      String place = "messages." + messages;
      if (token != JsonToken.OBJECT_START) {
        throw RequestFault.of(
            place, ParameterValues.name(token) + " (expected: a message, an object)");
      }
      input.tokens(MESSAGE_TOKENS);
      readMessage(place);
      messages++;
    }
    if (messages == 0) {
      throw RequestFault.of("messages", "empty (expected: at least one message)");
    }
  }

  private void readMessage(String place) {
    boolean role = false;
    boolean said = false;
    boolean byUser = false;
    while (scanner.next() != JsonToken.OBJECT_END) {
      if (scanner.is(ROLE)) {
        role = true;
        JsonToken token = scanner.next();
        Boolean user = token == JsonToken.STRING ? ROLES.find(scanner) : null;
        if (user == null) {
          throw RequestFault.of(
              place + ".role",
              (token == JsonToken.STRING
                      ? Given.shown(scanner.text())
                      : ParameterValues.name(token))
                  + " (expected: user, assistant or system)");
        }
        byUser = user;
      } else if (scanner.is(CONTENT)) {
        said = true;
        content.content(scanner.next(), place + ".content", 0);
      } else {
        scanner.skipValue();
      }
    }
    if (!role) {
      throw RequestFault.of(place + ".role", "missing (expected: user, assistant or system)");
    }
    if (!said) {
      throw RequestFault.of(place + ".content", "missing (expected: a string or an array)");
    }
    if (byUser) {
      input.opened();
    }
  }
}
