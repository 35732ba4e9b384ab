package io.tollgate.relay.protocols.openai.documents;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonName;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.ParameterValues;
import io.tollgate.relay.protocols.internal.openai.PromptReader;
import org.jspecify.annotations.Nullable;

/** Reads a request in one pass. Used once. */
final class DocumentRequestReader {
  private static final JsonName MODEL = JsonName.of("model");
  private static final JsonName INPUT = JsonName.of("input");
  private static final String EXPECTED = " (expected: a text, or an array of at least one)";

  private final DocumentKind kind;
  private final byte[] body;
  private final JsonScanner scanner;
  private final ParameterValues values;
  private final InputText.Collector input;
  private @Nullable String model;
  private int modelFrom = -1;
  private int modelTo = -1;
  private boolean inputSeen;

  DocumentRequestReader(DocumentKind kind, byte[] body) {
    this.kind = requireNonNull(kind, "kind is null");
    this.body = requireNonNull(body, "body is null");
    this.scanner = new JsonScanner(body, 0, body.length);
    this.values = new ParameterValues(body, scanner);
    this.input = new InputText.Collector(body);
  }

  DocumentRequest read() {
    int objectFrom;
    try {
      values.openObject();
      objectFrom = scanner.end();
      while (scanner.next() != JsonToken.OBJECT_END) {
        readMember();
      }
      scanner.next();
    } catch (JsonFault e) {
      throw values.malformed(e);
    }
    String named = model;
    if (named == null) {
      named = kind.usualModel();
    }
    if (named.isEmpty()) {
      throw RequestFault.of("model", "missing (expected: the name of a model)");
    }
    if (!inputSeen) {
      throw RequestFault.of("input", "missing" + EXPECTED);
    }
    return new DocumentRequest(
        kind, body, input.collected(), named, modelFrom, modelTo, objectFrom);
  }

  private void readMember() {
    if (scanner.is(MODEL)) {
      requireOnce(model != null, "model");
      model = values.model(scanner.next());
      modelFrom = scanner.start() - 1;
      modelTo = scanner.end() + 1;
    } else if (scanner.is(INPUT)) {
      requireOnce(inputSeen, "input");
      inputSeen = true;
      readInput(scanner.next());
    } else {
      scanner.skipValue();
    }
  }

  private static void requireOnce(boolean seen, String parameter) {
    if (seen) {
      throw RequestFault.of(parameter, "given twice (expected: once)");
    }
  }

  private void readInput(JsonToken token) {
    if (kind.free()) {
      // nothing is counted; the provider says what is wrong with it
      if (token != JsonToken.STRING && token != JsonToken.ARRAY_START) {
        throw RequestFault.of("input", ParameterValues.name(token) + EXPECTED);
      }
      scanner.skipRest(token);
      return;
    }
    new PromptReader("input", scanner, input).read(token);
  }
}
