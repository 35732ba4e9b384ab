package io.tollgate.relay.protocols.openai.rerank;

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
import io.tollgate.relay.protocols.internal.pieces.PieceCall;
import io.tollgate.relay.protocols.internal.pieces.PieceRequest;
import java.util.List;
import java.util.OptionalLong;

/** Reads a request in one pass. Used once. */
final class RerankRequestReader {
  private static final JsonName MODEL = JsonName.of("model");
  private static final JsonName QUERY = JsonName.of("query");
  private static final JsonName DOCUMENTS = JsonName.of("documents");
  private static final JsonName TEXT = JsonName.of("text");
  private static final int MAX_DOCUMENTS = 10_000;

  /** As Cohere bills: a search of so many documents is one unit. */
  private static final int DOCUMENTS_OF_UNIT = 100;

  /** A longer document counts as several; no token is less than a byte. */
  private static final int BYTES_OF_DOCUMENT = 500;

  private final byte[] body;
  private final OpenAiErrors errors;
  private final JsonScanner scanner;
  private final ParameterValues values;
  private final InputText.Collector input;
  private String model = "";
  private int modelFrom = -1;
  private int modelTo = -1;
  private int queryBytes;
  private int documents;
  private boolean querySeen;
  private boolean documentsSeen;

  RerankRequestReader(byte[] body, OpenAiErrors errors) {
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
    require(!model.isEmpty(), "model", "the name of a model");
    require(querySeen, "query", "a text");
    require(documentsSeen, "documents", "an array of texts");
    // each document is read together with the question
    input.tokens((long) (queryBytes + 2) / 3 * (documents - 1));
    return new PieceRequest(
        body,
        model,
        new PieceRequest.ModelPlace(modelFrom, modelTo, objectFrom),
        input.collected(),
        asked(),
        1,
        OptionalLong.of(1),
        false,
        false,
        sent -> new PieceCall(RerankRoute.PATH, sent, errors));
  }

  private AskedUnits asked() {
    long units = Math.ceilDiv(documents, DOCUMENTS_OF_UNIT);
    long parts = documents + (long) body.length / BYTES_OF_DOCUMENT;
    return new AskedUnits(
        UsageKind.SEARCH_UNITS,
        units,
        Math.ceilDiv(parts, DOCUMENTS_OF_UNIT),
        TokenUsage.NONE,
        List.of());
  }

  private void readMember() {
    if (scanner.is(MODEL)) {
      once(!model.isEmpty(), "model");
      model = values.model(scanner.next());
      modelFrom = scanner.start() - 1;
      modelTo = scanner.end() + 1;
    } else if (scanner.is(QUERY)) {
      once(querySeen, "query");
      querySeen = true;
      readQuery(scanner.next());
    } else if (scanner.is(DOCUMENTS)) {
      once(documentsSeen, "documents");
      documentsSeen = true;
      readDocuments(scanner.next());
    } else {
      scanner.skipValue();
    }
  }

  private void readQuery(JsonToken token) {
    if (token == JsonToken.OBJECT_START) {
      // of readers of pictures, too
      readText();
      return;
    }
    if (token != JsonToken.STRING) {
      throw RequestFault.of("query", ParameterValues.name(token) + " (expected: a text)");
    }
    if (scanner.start() == scanner.end()) {
      throw RequestFault.of("query", "empty (expected: a text of at least one character)");
    }
    queryBytes = scanner.end() - scanner.start();
    input.text(scanner.start(), scanner.end(), scanner.escaped());
  }

  private void readDocuments(JsonToken token) {
    if (token != JsonToken.ARRAY_START) {
      throw RequestFault.of(
          "documents", ParameterValues.name(token) + " (expected: an array of texts)");
    }
    for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
      if (next == JsonToken.STRING) {
        input.text(scanner.start(), scanner.end(), scanner.escaped());
      } else if (next == JsonToken.OBJECT_START) {
        readText();
      } else {
        throw RequestFault.of(
            "documents[" + documents + "]",
            ParameterValues.name(next) + " (expected: a text, or an object with one)");
      }
      documents++;
      if (documents > MAX_DOCUMENTS) {
        throw RequestFault.of(
            "documents", "more than " + MAX_DOCUMENTS + " (expected: 1 to " + MAX_DOCUMENTS + ")");
      }
    }
    if (documents == 0) {
      throw RequestFault.of("documents", "none (expected: 1 to " + MAX_DOCUMENTS + ")");
    }
  }

  /** The text of an object; its other members are the provider's business. */
  private void readText() {
    while (scanner.next() != JsonToken.OBJECT_END) {
      boolean text = scanner.is(TEXT);
      JsonToken value = scanner.next();
      if (text && value == JsonToken.STRING) {
        input.text(scanner.start(), scanner.end(), scanner.escaped());
      } else {
        scanner.skipRest(value);
      }
    }
  }

  private static void once(boolean seen, String parameter) {
    if (seen) {
      throw RequestFault.of(parameter, "given twice (expected: once)");
    }
  }

  private static void require(boolean seen, String parameter, String expected) {
    if (!seen) {
      throw RequestFault.of(parameter, "missing (expected: " + expected + ")");
    }
  }
}
