package io.tollgate.relay.protocols.anthropic.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.ParameterValues;
import org.jspecify.annotations.Nullable;

/** Reads where the bytes of an image or a document are: checks base64, and counts. */
final class SourceReader {
  private enum Name {
    TYPE,
    DATA,
    CONTENT,
    FILE_ID,
    ADDRESS,
    FRAMING
  }

  private enum Type {
    BASE64,
    TEXT,
    ADDRESS
  }

  private static final JsonNames<Name> NAMES =
      new JsonNames.Builder<Name>()
          .add(Name.TYPE, "type")
          .add(Name.DATA, "data")
          .add(Name.CONTENT, "content")
          .add(Name.FILE_ID, "file_id")
          .add(Name.ADDRESS, "url")
          .add(Name.FRAMING, "media_type")
          .build();

  private static final JsonNames<Type> TYPES =
      new JsonNames.Builder<Type>()
          .add(Type.BASE64, "base64")
          .add(Type.TEXT, "text")
          .add(Type.ADDRESS, "url", "file")
          .build();

  private final JsonScanner scanner;
  private final byte[] body;
  private final InputText.Collector input;
  private final ContentReader blocks;

  SourceReader(JsonScanner scanner, byte[] body, InputText.Collector input, ContentReader blocks) {
    this.scanner = requireNonNull(scanner, "scanner is null");
    this.body = requireNonNull(body, "body is null");
    this.input = requireNonNull(input, "input is null");
    this.blocks = requireNonNull(blocks, "blocks is null");
  }

  /**
   * Reads the members of the object whose start was just returned.
   *
   * @return characters of base64
   */
  int read(String place, int nesting) {
    Type type = null;
    int from = -1;
    int to = -1;
    boolean escaped = false;
    while (scanner.next() != JsonToken.OBJECT_END) {
      Name name = NAMES.find(scanner);
      JsonToken token = scanner.next();
      switch (name) {
        case TYPE -> {
          type = token == JsonToken.STRING ? TYPES.find(scanner) : null;
          scanner.skipRest(token);
        }
        case DATA -> {
          if (token != JsonToken.STRING) {
            throw RequestFault.of(
                place + ".data", ParameterValues.name(token) + " (expected: a string)");
          }
          from = scanner.start();
          to = scanner.end();
          escaped = scanner.escaped();
        }
        case CONTENT -> blocks.content(token, place + ".content", nesting + 1);
        case FILE_ID -> blocks.fileId(token, place + ".file_id");
        case ADDRESS -> {
          blocks.nameElsewhere();
          scanner.skipRest(token);
        }
        case FRAMING -> scanner.skipRest(token);
        case null -> blocks.countStrings(token);
      }
    }
    return judge(type, place, from, to, escaped);
  }

  private int judge(@Nullable Type type, String place, int from, int to, boolean escaped) {
    if (type == Type.BASE64) {
      if (from < 0) {
        throw RequestFault.of(place + ".data", "missing (expected: base64)");
      }
      if (!Base64Check.valid(body, from, to)) {
        throw RequestFault.of(place + ".data", "not base64 (expected: base64)");
      }
      return to - from;
    }
    if (from >= 0) {
      input.text(from, to, escaped);
    }
    return 0;
  }
}
