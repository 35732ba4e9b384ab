package io.tollgate.relay.protocols.openai.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.KeptUse;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonName;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.tokens.Base64Text;
import java.util.List;

/**
 * Finds what counts as input in an array of messages. Every string counts, wherever it is, unless
 * its name says that it is framing; what is not text counts by rule of thumb:
 *
 * <ul>
 *   <li>a request 3 tokens, a message 4 (its role included), a name 1 more (<a
 *       href="https://cookbook.openai.com/examples/how_to_count_tokens_with_tiktoken">OpenAI's
 *       cookbook</a>);
 *   <li>an image {@value #IMAGE_TOKENS} tokens, with detail {@code low} {@value #LOW_IMAGE_TOKENS}
 *       (<a
 *       href="https://platform.openai.com/docs/guides/images-vision#calculating-costs">tiles</a>:
 *       85 + 170 for each of 6, what a large image comes to);
 *   <li>a video as a picture, or more by its length; base64 wherever it stands as a picture;
 *   <li>sound one token for {@value #SOUND_CHARACTERS_A_TOKEN} characters of base64 (10 tokens a
 *       second of MP3 at 32 kbit/s), a file one for {@value #FILE_CHARACTERS_A_TOKEN}.
 * </ul>
 */
final class MessagesReader {
  static final int REQUEST_TOKENS = 3;
  static final int MESSAGE_TOKENS = 4;
  static final int NAME_TOKENS = 1;
  static final int IMAGE_TOKENS = 1105;
  static final int LOW_IMAGE_TOKENS = 85;
  static final int SOUND_CHARACTERS_A_TOKEN = 500;
  static final int FILE_CHARACTERS_A_TOKEN = 30;

  private static final JsonName DETAIL = JsonName.of("detail");
  private static final JsonName USER = JsonName.of("user");
  private static final JsonName LOW = JsonName.of("low");
  private static final JsonNames<Meaning> MEANINGS =
      new JsonNames.Builder<Meaning>()
          .add(Meaning.IMAGE, "image_url")
          .add(Meaning.SOUND, "input_audio")
          .add(Meaning.FILE, "file_data")
          .add(Meaning.VIDEO, "video_url", "input_video")
          .add(Meaning.FILE_ID, "file_id")
          .add(Meaning.ELSEWHERE, "file_url")
          .add(Meaning.DATA, "data", "b64_json", "bytes", "image")
          .add(Meaning.ROLE, "role")
          .add(Meaning.FRAMING, "type", "id", "tool_call_id", "detail")
          .add(Meaning.NAME, "name")
          .build();

  /** What the name of a member says of its value. */
  private enum Meaning {
    IMAGE,
    SOUND,
    FILE,
    VIDEO,
    FILE_ID,
    /** It names what is not in the body. */
    ELSEWHERE,
    DATA,
    FRAMING,
    ROLE,
    NAME
  }

  private final JsonScanner scanner;
  private final byte[] body;
  private final InputText.Collector input;
  private boolean elsewhere;
  private List<String> files = List.of();
  private boolean byUser;

  MessagesReader(JsonScanner scanner, byte[] body, InputText.Collector input) {
    this.body = requireNonNull(body, "body is null");
    this.scanner = requireNonNull(scanner, "scanner is null");
    this.input = requireNonNull(input, "input is null");
  }

  /** Reads up to the end of the array whose start was just returned; how many messages it has. */
  int read() {
    int messages = 0;
    input.tokens(REQUEST_TOKENS);
    for (JsonToken token = scanner.next(); token != JsonToken.ARRAY_END; token = scanner.next()) {
      if (token != JsonToken.OBJECT_START) {
        throw RequestFault.of(
            "messages[" + messages + "]", "not an object (expected: a message, an object)");
      }
      messages++;
      input.tokens(MESSAGE_TOKENS);
      readMessage();
    }
    return messages;
  }

  /** Whether a message names what is not in the body: a file, a picture by its address. */
  boolean elsewhere() {
    return elsewhere;
  }

  /** Ids of files that messages name. */
  List<String> files() {
    return files;
  }

  private void readMessage() {
    int inside = scanner.depth();
    byUser = false;
    JsonToken token = scanner.next();
    while (token != JsonToken.OBJECT_END || scanner.depth() >= inside) {
      if (token == JsonToken.NAME) {
        readMember(inside);
      } else if (token == JsonToken.STRING) {
        readText();
      }
      token = scanner.next();
    }
    if (byUser) {
      input.opened();
    }
  }

  private void readText() {
    int from = scanner.start();
    int to = scanner.end();
    if (Base64Text.isDataUrl(body, from, to)) {
      input.tokens(mediaTokens(from, to, body));
    } else {
      input.text(from, to, scanner.escaped());
    }
  }

  private void readMember(int inside) {
    Meaning meaning = MEANINGS.find(scanner);
    if (meaning == null) {
      return;
    }
    switch (meaning) {
      case IMAGE -> readImage(scanner.next());
      case SOUND -> readBytes(SOUND_CHARACTERS_A_TOKEN);
      case FILE -> readBytes(FILE_CHARACTERS_A_TOKEN);
      case VIDEO -> readVideo(scanner.next());
      case FILE_ID -> {
        JsonToken id = scanner.next();
        if (id == JsonToken.STRING) {
          elsewhere = true;
          files = KeptUse.with(files, "messages", scanner.text());
        }
      }
      case ELSEWHERE -> elsewhere |= scanner.next() == JsonToken.STRING;
      case DATA -> readData(scanner.next());
      case FRAMING -> scanner.skipValue();
      case ROLE -> {
        JsonToken role = scanner.next();
        byUser |= role == JsonToken.STRING && scanner.depth() == inside && scanner.is(USER);
        scanner.skipRest(role);
      }
      case NAME -> {
        if (scanner.depth() == inside) {
          input.tokens(NAME_TOKENS);
        }
      }
    }
  }

  private void readBytes(int charactersOfToken) {
    int from = scanner.end();
    scanner.skipValue();
    input.tokens(1 + (scanner.end() - from) / charactersOfToken);
  }

  /** Base64 is a picture or a sound; a short or other string is text. */
  private void readData(JsonToken first) {
    if (first != JsonToken.STRING) {
      // an object or array goes on as any other
      return;
    }
    if (Base64Text.isBase64(body, scanner.start(), scanner.end())) {
      input.tokens(IMAGE_TOKENS);
    } else {
      readText();
    }
  }

  private void readVideo(JsonToken first) {
    int from = scanner.start();
    scanner.skipRest(first);
    int length = scanner.end() - from;
    elsewhere |= length < Base64Text.MIN_BYTES;
    input.tokens(Math.max(IMAGE_TOKENS, length / SOUND_CHARACTERS_A_TOKEN));
  }

  /** Tokens of a data URL, by what it says it is. */
  private static long mediaTokens(int from, int to, byte[] body) {
    int length = to - from;
    byte first = body[from + 5];
    if (first == 'i') {
      return IMAGE_TOKENS;
    }
    if (first == 'v') {
      return Math.max(IMAGE_TOKENS, length / SOUND_CHARACTERS_A_TOKEN);
    }
    boolean sound = first == 'a' && body[from + 6] == 'u';
    return 1 + length / (sound ? SOUND_CHARACTERS_A_TOKEN : FILE_CHARACTERS_A_TOKEN);
  }

  private void readImage(JsonToken first) {
    boolean low = false;
    if (first == JsonToken.OBJECT_START) {
      int inside = scanner.depth();
      JsonToken token = scanner.next();
      while (token != JsonToken.OBJECT_END || scanner.depth() >= inside) {
        if (token == JsonToken.NAME && scanner.is(DETAIL)) {
          low = scanner.next() == JsonToken.STRING && scanner.is(LOW);
        } else if (token == JsonToken.STRING) {
          elsewhere |= !Base64Text.isDataUrl(body, scanner.start(), scanner.end());
        }
        token = scanner.next();
      }
    } else {
      elsewhere |=
          first == JsonToken.STRING && !Base64Text.isDataUrl(body, scanner.start(), scanner.end());
      scanner.skipRest(first);
    }
    input.tokens(low ? LOW_IMAGE_TOKENS : IMAGE_TOKENS);
  }
}
