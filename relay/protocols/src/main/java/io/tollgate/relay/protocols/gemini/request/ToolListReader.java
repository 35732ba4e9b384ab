package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.ProviderTool;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;

/**
 * Reads a request's list of tools: they count as they are written, and one that the provider runs
 * (a search, an address that it reads, code that it executes) brings input of its own.
 */
final class ToolListReader {
  /** Most functions of one request. */
  static final int MAX_FUNCTIONS = 1024;

  private static final JsonNames<Boolean> FUNCTIONS =
      new JsonNames.Builder<Boolean>().add(true, BothCases.of("functionDeclarations")).build();

  // https://ai.google.dev/gemini-api/docs/pricing
  private static final JsonNames<UsageKind> BILLED =
      new JsonNames.Builder<UsageKind>()
          .add(
              UsageKind.WEB_SEARCHES,
              BothCases.ofAll("googleSearch", "googleSearchRetrieval", "enterpriseWebSearch"))
          .add(UsageKind.MAP_SEARCHES, BothCases.of("googleMaps"))
          .add(UsageKind.FILE_SEARCHES, BothCases.of("retrieval"))
          .build();

  private final JsonScanner scanner;
  private final InputText.Collector input;
  private final GeminiFields fields;
  private int functions;

  ToolListReader(JsonScanner scanner, InputText.Collector input, GeminiFields fields) {
    this.scanner = scanner;
    this.input = input;
    this.fields = fields;
  }

  /** Reads the value whose first token is given; one tool stands for a list of one. */
  void read(JsonToken first) {
    int from = scanner.start();
    switch (first) {
      case OBJECT_START -> readTool();
      case ARRAY_START -> {
        int index = 0;
        for (JsonToken next = scanner.next();
            next != JsonToken.ARRAY_END;
            next = scanner.next(), index++) {
          if (next != JsonToken.OBJECT_START) {
            throw RequestFault.of(
                "tools[" + index + "]", BodyScan.name(next) + " (expected: a tool, an object)");
          }
          readTool();
        }
      }
      case OBJECT_END, ARRAY_END, NAME, STRING, NUMBER, TRUE, FALSE, NULL, END ->
          throw RequestFault.of("tools", BodyScan.name(first) + " (expected: an array of tools)");
    }
    input.text(from, scanner.end(), false);
  }

  private void readTool() {
    while (scanner.next() != JsonToken.OBJECT_END) {
      boolean functionList = FUNCTIONS.find(scanner) != null;
      UsageKind billed = functionList ? null : BILLED.find(scanner);
      String name = billed == null ? "" : scanner.text();
      JsonToken value = scanner.next();
      if (functionList && value == JsonToken.ARRAY_START) {
        countFunctions();
      } else if (functionList) {
        functions += value == JsonToken.OBJECT_START ? 1 : 0;
        scanner.skipRest(value);
      } else {
        fields.inputElsewhere |= value != JsonToken.NULL;
        if (billed != null && value != JsonToken.NULL) {
          fields.tools =
              ProviderTool.with(
                  fields.tools,
                  new ProviderTool("tools." + name, name, billed, ProviderTool.UNBOUNDED));
        }
        scanner.skipRest(value);
      }
    }
    if (functions > MAX_FUNCTIONS) {
      throw RequestFault.of(
          "tools", functions + " functions (expected: at most " + MAX_FUNCTIONS + ")");
    }
  }

  private void countFunctions() {
    for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
      functions++;
      scanner.skipRest(next);
    }
  }
}
