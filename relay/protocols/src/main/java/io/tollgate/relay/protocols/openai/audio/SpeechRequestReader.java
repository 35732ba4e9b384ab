package io.tollgate.relay.protocols.openai.audio;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.AskedUnits;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonName;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.ParameterValues;
import io.tollgate.relay.protocols.internal.openai.OpenAiErrors;
import io.tollgate.relay.protocols.internal.pieces.PieceRequest;
import java.util.List;
import java.util.OptionalLong;

/** Reads a request in one pass. Used once. */
final class SpeechRequestReader {
  private static final JsonName MODEL = JsonName.of("model");
  private static final JsonName INPUT = JsonName.of("input");
  private static final JsonName INSTRUCTIONS = JsonName.of("instructions");

  /** What speech takes at a usual pace: 15 characters and 20 tokens a second. */
  private static final int CHARACTERS_OF_SECOND = 15;

  private static final int TOKENS_OF_SECOND = 20;

  private final byte[] body;
  private final OpenAiErrors errors;
  private final JsonScanner scanner;
  private final ParameterValues values;
  private final InputText.Collector input;
  private String model = "";
  private int modelFrom = -1;
  private int modelTo = -1;
  private long characters;
  private boolean instructed;

  SpeechRequestReader(byte[] body, OpenAiErrors errors) {
    this.body = requireNonNull(body, "body is null");
    this.errors = requireNonNull(errors, "errors is null");
    scanner = new JsonScanner(body, 0, body.length);
    values = new ParameterValues(body, scanner);
    input = new InputText.Collector(body);
  }

  PieceRequest read() {
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
    if (model.isEmpty()) {
      throw RequestFault.of("model", "missing (expected: the name of a model)");
    }
    if (characters == 0) {
      throw RequestFault.of("input", "missing (expected: a text)");
    }
    long count = Math.min(TokenUsage.MAX_OTHER_UNITS, characters);
    long sound = Math.ceilDiv(count, CHARACTERS_OF_SECOND) * TOKENS_OF_SECOND;
    return new PieceRequest(
        body,
        model,
        new PieceRequest.ModelPlace(modelFrom, modelTo, objectFrom),
        input.collected(),
        new AskedUnits(
            UsageKind.CHARACTERS,
            count,
            count,
            TokenUsage.builder().add(UsageKind.AUDIO_OUTPUT, sound).build(),
            List.of()),
        1,
        OptionalLong.empty(),
        true,
        false,
        sent -> new SpeechCall(sent, errors));
  }

  private void readMember() {
    if (scanner.is(MODEL)) {
      once(!model.isEmpty(), "model");
      model = values.model(scanner.next());
      modelFrom = scanner.start() - 1;
      modelTo = scanner.end() + 1;
    } else if (scanner.is(INPUT)) {
      once(characters > 0, "input");
      readInput(scanner.next());
    } else if (scanner.is(INSTRUCTIONS)) {
      once(instructed, "instructions");
      instructed = true;
      JsonToken token = scanner.next();
      if (token == JsonToken.STRING) {
        input.text(scanner.start(), scanner.end(), scanner.escaped());
      } else if (token != JsonToken.NULL) {
        throw RequestFault.of("instructions", ParameterValues.name(token) + " (expected: a text)");
      }
    } else {
      scanner.skipValue();
    }
  }

  private void readInput(JsonToken token) {
    if (token != JsonToken.STRING) {
      throw RequestFault.of("input", ParameterValues.name(token) + " (expected: a text)");
    }
    String text = scanner.text();
    characters = text.codePointCount(0, text.length());
    if (characters == 0) {
      throw RequestFault.of("input", "empty (expected: a text of at least one character)");
    }
    input.text(scanner.start(), scanner.end(), scanner.escaped());
  }

  private static void once(boolean seen, String parameter) {
    if (seen) {
      throw RequestFault.of(parameter, "given twice (expected: once)");
    }
  }
}
