package io.tollgate.relay.protocols.responses.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.BilledTools;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.KeptUse;
import io.tollgate.relay.protocols.ProviderTool;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonName;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.ParameterValues;

/**
 * Reads a request's tools in passing. They count as they are written; one that the provider runs
 * brings input of its own, and is billed by the call where it is one of those that are.
 */
final class AskedTools {
  private static final JsonName TYPE = JsonName.of("type");
  private static final JsonName FUNCTION = JsonName.of("function");
  private static final JsonName CUSTOM = JsonName.of("custom");
  private static final JsonName SHELL = JsonName.of("shell");
  private static final JsonName ENVIRONMENT = JsonName.of("environment");
  private static final JsonName LOCAL = JsonName.of("local");
  private static final JsonName CONTAINER = JsonName.of("container");
  private static final JsonName FILE_IDS = JsonName.of("file_ids");

  // https://platform.openai.com/docs/pricing#built-in-tools
  private static final BilledTools BILLED =
      BilledTools.builder()
          .add("web_search", UsageKind.WEB_SEARCHES)
          .add("file_search", UsageKind.FILE_SEARCHES)
          .add("code_interpreter", UsageKind.CODE_SESSIONS)
          .add("image_generation", UsageKind.IMAGES)
          .build();

  private final JsonScanner scanner;
  private final InputText.Collector input;
  private final ResponsesFields fields;
  private final int outside;
  private int tools;

  // of the tool that is being read
  private boolean shell;
  private boolean hosted;
  private Place place = Place.TOOL;

  /** Which object within a tool its members are of, where that matters. */
  private enum Place {
    TOOL,
    /** Where a shell's commands run. */
    ENVIRONMENT,
    /** Where code runs. */
    CONTAINER
  }

  /** The scanner has just returned the first token of their list. */
  AskedTools(JsonScanner scanner, InputText.Collector input, ResponsesFields fields) {
    this.scanner = requireNonNull(scanner, "scanner is null");
    this.input = requireNonNull(input, "input is null");
    this.fields = requireNonNull(fields, "fields is null");
    outside = scanner.depth() - 1;
  }

  void read(JsonToken first) {
    if (first == JsonToken.NULL) {
      return;
    }
    if (first != JsonToken.ARRAY_START) {
      throw RequestFault.of(
          "tools", ParameterValues.name(first) + " (expected: an array of tools)");
    }
    int from = scanner.start();
    while (scanner.depth() > outside) {
      JsonToken token = scanner.next();
      int depth = scanner.depth() - outside;
      if (depth == 1 && token == JsonToken.OBJECT_END) {
        ended();
      } else if (depth == 1 && token != JsonToken.ARRAY_END) {
        throw RequestFault.of(
            "tools[" + tools + "]", ParameterValues.name(token) + " (expected: a tool, an object)");
      } else if (token == JsonToken.NAME && depth == 2) {
        member();
      } else if (token == JsonToken.NAME && depth == 3 && place != Place.TOOL) {
        memberOfPlace();
      }
    }
    ParameterValues.requireTools(tools);
    input.text(from, scanner.end(), false);
  }

  /** The tool is read whole. A shell costs something where the provider has a container for it. */
  private void ended() {
    if (shell && hosted) {
      fields.tools =
          ProviderTool.with(
              fields.tools,
              new ProviderTool(
                  "tools[" + tools + "].type",
                  "shell",
                  UsageKind.CODE_SESSIONS,
                  ProviderTool.UNBOUNDED));
    }
    tools++;
    shell = false;
    hosted = false;
    place = Place.TOOL;
  }

  private void member() {
    place =
        scanner.is(ENVIRONMENT)
            ? Place.ENVIRONMENT
            : scanner.is(CONTAINER) ? Place.CONTAINER : Place.TOOL;
    if (scanner.is(TYPE)) {
      if (scanner.next() == JsonToken.STRING) {
        type();
      }
    } else if (place == Place.ENVIRONMENT) {
      // unless it says that it is the caller's own
      hosted = scanner.next() == JsonToken.OBJECT_START;
    }
  }

  private void type() {
    if (scanner.is(FUNCTION) || scanner.is(CUSTOM)) {
      return;
    }
    shell |= scanner.is(SHELL);
    fields.inputElsewhere = true;
    fields.tools =
        BILLED.with(
            fields.tools, "tools[" + tools + "].type", scanner.text(), ProviderTool.UNBOUNDED);
  }

  private void memberOfPlace() {
    if (place == Place.ENVIRONMENT && scanner.is(TYPE)) {
      hosted &= !(scanner.next() == JsonToken.STRING && scanner.is(LOCAL));
    } else if (scanner.is(FILE_IDS) && scanner.next() == JsonToken.ARRAY_START) {
      int within = scanner.depth();
      while (scanner.depth() >= within) {
        if (scanner.next() == JsonToken.STRING && scanner.depth() == within) {
          fields.files =
              KeptUse.with(fields.files, "tools[" + tools + "].file_ids", scanner.text());
        }
      }
    }
  }
}
