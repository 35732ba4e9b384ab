package io.tollgate.relay.protocols.anthropic.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.KeptUse;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.json.ParameterValues;
import io.tollgate.relay.protocols.internal.tokens.Base64Text;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the content of messages: checks what the relay relies on and counts what is input. Blocks
 * and members that it does not know count by their strings and pass. What is not text counts by
 * rule of thumb:
 *
 * <ul>
 *   <li>an image {@value #IMAGE_TOKENS} tokens, what a large one comes to (<a
 *       href="https://platform.claude.com/docs/en/build-with-claude/vision">vision</a>);
 *   <li>a PDF one token for {@value #FILE_CHARACTERS_A_TOKEN} characters of base64.
 * </ul>
 */
final class ContentReader {
  static final int IMAGE_TOKENS = 1600;
  static final int FILE_CHARACTERS_A_TOKEN = 30;

  /** Content in content, such as a document in the result of a tool. */
  static final int MAX_NESTING = 8;

  private enum Name {
    TYPE,
    TEXT,
    CONTENT,
    SOURCE,
    ID,
    CALL_ID,
    INPUT,
    SIGNATURE,
    FILE_ID,
    FRAMING
  }

  private static final JsonNames<Name> NAMES =
      new JsonNames.Builder<Name>()
          .add(Name.TYPE, "type")
          .add(Name.TEXT, "text", "thinking", "name", "title", "context")
          .add(Name.CONTENT, "content")
          .add(Name.SOURCE, "source")
          .add(Name.ID, "id")
          .add(Name.CALL_ID, "tool_use_id")
          .add(Name.INPUT, "input")
          .add(Name.SIGNATURE, "signature", "data")
          .add(Name.FILE_ID, "file_id")
          .add(Name.FRAMING, "cache_control", "citations", "is_error")
          .build();

  private enum Type {
    TEXT,
    IMAGE,
    TOOL_USE,
    TOOL_RESULT,
    THINKING,
    UPLOAD
  }

  private static final JsonNames<Type> TYPES =
      new JsonNames.Builder<Type>()
          .add(Type.TEXT, "text")
          .add(Type.IMAGE, "image")
          .add(Type.TOOL_USE, "tool_use")
          .add(Type.TOOL_RESULT, "tool_result")
          .add(Type.THINKING, "thinking", "redacted_thinking")
          .add(Type.UPLOAD, "container_upload")
          .build();

  private final JsonScanner scanner;
  private final byte[] body;
  private final InputText.Collector input;
  private final SourceReader sources;
  private final Set<String> calls = new HashSet<>();
  private boolean elsewhere;
  private List<String> files = List.of();
  private boolean foreignSignatures;

  ContentReader(JsonScanner scanner, byte[] body, InputText.Collector input) {
    this.scanner = requireNonNull(scanner, "scanner is null");
    this.body = requireNonNull(body, "body is null");
    this.input = requireNonNull(input, "input is null");
    this.sources = new SourceReader(scanner, body, input, this);
  }

  /** Whether it names what is not in the body: a file, an address. */
  boolean elsewhere() {
    return elsewhere;
  }

  /** Whether it holds thinking that Anthropic does not know as its own. */
  boolean foreignSignatures() {
    return foreignSignatures;
  }

  void nameElsewhere() {
    elsewhere = true;
  }

  /** Ids of files that blocks name. */
  List<String> files() {
    return files;
  }

  /** The id of a file, whose token was just returned. */
  void fileId(JsonToken token, String place) {
    elsewhere = true;
    if (token == JsonToken.STRING) {
      files = KeptUse.with(files, place, scanner.text());
    }
    scanner.skipRest(token);
  }

  /** Content whose first token was just returned: a text, or blocks. */
  void content(JsonToken first, String place, int nesting) {
    if (first == JsonToken.STRING) {
      input.text(scanner.start(), scanner.end(), scanner.escaped());
    } else if (first == JsonToken.ARRAY_START) {
      blocks(place, nesting);
    } else {
      throw RequestFault.of(
          place, ParameterValues.name(first) + " (expected: a string or an array of blocks)");
    }
  }

  /** Blocks up to the end of the array whose start was just returned. */
  void blocks(String place, int nesting) {
    if (nesting > MAX_NESTING) {
      throw RequestFault.of(
          place, "nested " + nesting + " times (expected: at most " + MAX_NESTING + ")");
    }
    int index = 0;
    for (JsonToken token = scanner.next(); token != JsonToken.ARRAY_END; token = scanner.next()) {
      String block = place + "." + index;
      if (token != JsonToken.OBJECT_START) {
        throw RequestFault.of(
            block, ParameterValues.name(token) + " (expected: a block, an object)");
      }
      readBlock(block, nesting);
      index++;
    }
  }

  private void readBlock(String place, int nesting) {
    boolean typed = false;
    boolean said = false;
    boolean signed = false;
    int base64 = -1;
    Type type = null;
    String id = null;
    String callId = null;
    while (scanner.next() != JsonToken.OBJECT_END) {
      Name name = NAMES.find(scanner);
      JsonToken token = scanner.next();
      switch (name) {
        case TYPE -> {
          if (token != JsonToken.STRING) {
            throw RequestFault.of(
                place + ".type", ParameterValues.name(token) + " (expected: a string)");
          }
          typed = true;
          type = TYPES.find(scanner);
        }
        case TEXT -> {
          said |= token == JsonToken.STRING;
          countStrings(token);
        }
        case CONTENT -> readContent(token, place + ".content", nesting);
        case SOURCE -> {
          if (token == JsonToken.OBJECT_START) {
            base64 = sources.read(place + ".source", nesting);
          } else {
            countStrings(token);
          }
        }
        case ID -> id = text(token);
        case CALL_ID -> callId = text(token);
        case INPUT -> {
          int from = scanner.start();
          scanner.skipRest(token);
          input.text(from, scanner.end(), false);
        }
        case SIGNATURE -> signed |= readSignature(token);
        case FILE_ID -> fileId(token, place + ".file_id");
        case FRAMING -> scanner.skipRest(token);
        case null -> countStrings(token);
      }
    }
    if (!typed) {
      throw RequestFault.of(place + ".type", "missing (expected: the type of a block)");
    }
    if (type == null) {
      input.tokens(Math.max(0, base64) / FILE_CHARACTERS_A_TOKEN);
    } else {
      judge(type, place, said, signed, base64 >= 0, id, callId);
    }
  }

  private void judge(
      Type type,
      String place,
      boolean said,
      boolean signed,
      boolean source,
      @Nullable String id,
      @Nullable String callId) {
    switch (type) {
      case TEXT -> {
        if (!said) {
          throw RequestFault.of(place + ".text", "missing (expected: a string)");
        }
      }
      case IMAGE -> {
        if (!source) {
          throw RequestFault.of(place + ".source", "missing (expected: where the image is)");
        }
        input.tokens(IMAGE_TOKENS);
      }
      case TOOL_USE -> {
        if (id == null || id.isEmpty()) {
          throw RequestFault.of(place + ".id", "missing (expected: the id of the call)");
        }
        calls.add(id);
      }
      case TOOL_RESULT -> {
        if (callId == null || !calls.contains(callId)) {
          throw RequestFault.of(
              place + ".tool_use_id",
              (callId == null ? "missing" : Given.shown(callId))
                  + " (expected: the id of a tool_use block in an earlier message)");
        }
      }
      case THINKING -> foreignSignatures |= !signed;
      case UPLOAD -> elsewhere = true;
    }
  }

  private void readContent(JsonToken token, String place, int nesting) {
    if (token == JsonToken.ARRAY_START) {
      blocks(place, nesting + 1);
    } else {
      countStrings(token);
    }
  }

  /** Whether there is one that is Anthropic's. */
  private boolean readSignature(JsonToken token) {
    if (token != JsonToken.STRING) {
      countStrings(token);
      return false;
    }
    JsonString text = JsonString.of(scanner, body);
    return !text.isEmpty()
        && Signature.carried(Protocol.ANTHROPIC, text).protocol() == Protocol.ANTHROPIC;
  }

  private @Nullable String text(JsonToken token) {
    if (token == JsonToken.STRING) {
      return scanner.text();
    }
    scanner.skipRest(token);
    return null;
  }

  /** Counts the strings of a value whose first token was just returned. */
  void countStrings(JsonToken first) {
    if (first == JsonToken.STRING) {
      countString();
    }
    if (first != JsonToken.OBJECT_START && first != JsonToken.ARRAY_START) {
      return;
    }
    int outside = scanner.depth() - 1;
    while (scanner.depth() > outside) {
      if (scanner.next() == JsonToken.STRING) {
        countString();
      }
    }
  }

  private void countString() {
    if (Base64Text.isBase64(body, scanner.start(), scanner.end())) {
      input.tokens((scanner.end() - scanner.start()) / FILE_CHARACTERS_A_TOKEN);
    } else {
      input.text(scanner.start(), scanner.end(), scanner.escaped());
    }
  }
}
