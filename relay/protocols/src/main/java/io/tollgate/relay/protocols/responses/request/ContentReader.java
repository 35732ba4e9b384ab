package io.tollgate.relay.protocols.responses.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.InputText;
import io.tollgate.relay.protocols.KeptUse;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.JsonName;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.openai.Base64Check;
import io.tollgate.relay.protocols.internal.openai.MediaTokens;
import io.tollgate.relay.protocols.internal.tokens.Base64Text;
import java.util.List;

/**
 * Counts what an item holds: every string, wherever it is, unless its name says that it is framing;
 * pictures, sounds and files by rule of thumb. Their base64 is checked.
 */
final class ContentReader {
  private static final JsonName LOW = JsonName.of("low");
  private static final JsonName DATA = JsonName.of("data");

  private static final JsonNames<Meaning> MEANINGS =
      new JsonNames.Builder<Meaning>()
          .add(Meaning.IMAGE, "image_url")
          .add(Meaning.SOUND, "input_audio")
          .add(Meaning.FILE, "file_data")
          .add(Meaning.FILE_ID, "file_id")
          .add(Meaning.ELSEWHERE, "file_url")
          .add(Meaning.PICTURE, "result", "b64_json")
          .add(Meaning.DETAIL, "detail")
          .add(Meaning.SEALED, "encrypted_content")
          .add(Meaning.FRAMING, "role", "type", "id", "status", "annotations", "logprobs", "format")
          .build();

  private enum Meaning {
    IMAGE,
    SOUND,
    FILE,
    FILE_ID,
    /** It names what is not in the body. */
    ELSEWHERE,
    /** A picture that was made before, in base64. */
    PICTURE,
    DETAIL,
    SEALED,
    FRAMING
  }

  private final JsonScanner scanner;
  private final byte[] body;
  private final InputText.Collector input;
  private boolean elsewhere;
  private List<String> files = List.of();
  // what the provider found in files, and comes back, names files that are nobody's here
  private boolean inParts;
  private boolean image;
  private boolean low;

  ContentReader(JsonScanner scanner, byte[] body, InputText.Collector input) {
    this.scanner = requireNonNull(scanner, "scanner is null");
    this.body = requireNonNull(body, "body is null");
    this.input = requireNonNull(input, "input is null");
  }

  /** Whether anything names what is not in the body: a file, a picture by its address. */
  boolean elsewhere() {
    return elsewhere;
  }

  /** Ids of files that parts of messages and results name. */
  List<String> files() {
    return files;
  }

  /** Takes sealed thoughts, the string that the scanner is at. */
  void sealed() {
    input.tokens(MediaTokens.sealed((long) scanner.end() - scanner.start()));
  }

  /** Takes the parts of a message or a result, of which the first token was just returned. */
  void parts(String where, JsonToken first) {
    inParts = true;
    value(where, first);
    inParts = false;
  }

  /**
   * Takes a value.
   *
   * @param where the item that it is in, for a fault
   * @param first its first token, which was just returned
   */
  void value(String where, JsonToken first) {
    switch (first) {
      case STRING -> text();
      case ARRAY_START -> {
        for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
          value(where, next);
        }
      }
      case OBJECT_START -> {
        boolean imageOutside = image;
        boolean lowOutside = low;
        image = false;
        low = false;
        while (scanner.next() != JsonToken.OBJECT_END) {
          member(where);
        }
        if (image) {
          input.tokens(low ? MediaTokens.LOW_IMAGE : MediaTokens.IMAGE);
        }
        image = imageOutside;
        low = lowOutside;
      }
      case OBJECT_END, ARRAY_END, NAME, NUMBER, TRUE, FALSE, NULL, END -> {}
    }
  }

  /** Takes the member whose name the scanner is at. */
  void member(String where) {
    Meaning meaning = MEANINGS.find(scanner);
    JsonToken token = scanner.next();
    if (meaning == null) {
      value(where, token);
      return;
    }
    boolean string = token == JsonToken.STRING;
    switch (meaning) {
      case IMAGE -> readImage(where, token);
      case SOUND -> readSound(where, token);
      case FILE -> {
        if (string) {
          int from = base64(where + ".file_data");
          input.tokens(MediaTokens.file((long) scanner.end() - from));
        }
        scanner.skipRest(token);
      }
      case FILE_ID -> {
        elsewhere |= string;
        if (string && inParts) {
          files = KeptUse.with(files, where + ".file_id", scanner.text());
        }
        scanner.skipRest(token);
      }
      case ELSEWHERE -> {
        elsewhere |= string;
        scanner.skipRest(token);
      }
      case PICTURE -> {
        if (string && Base64Text.isBase64(body, scanner.start(), scanner.end())) {
          input.tokens(MediaTokens.IMAGE);
        } else {
          value(where, token);
        }
      }
      case DETAIL -> {
        low |= string && scanner.is(LOW);
        scanner.skipRest(token);
      }
      case SEALED -> {
        if (string) {
          sealed();
        }
        scanner.skipRest(token);
      }
      case FRAMING -> scanner.skipRest(token);
    }
  }

  private void text() {
    int from = scanner.start();
    int to = scanner.end();
    if (Base64Text.isDataUrl(body, from, to)) {
      input.tokens(body[from + 5] == 'i' ? MediaTokens.IMAGE : MediaTokens.file((long) to - from));
    } else {
      input.text(from, to, scanner.escaped());
    }
  }

  private void readImage(String where, JsonToken token) {
    if (token != JsonToken.STRING) {
      // compatible providers take chat's form of it
      image |= token == JsonToken.OBJECT_START;
      elsewhere |= token == JsonToken.OBJECT_START;
      scanner.skipRest(token);
      return;
    }
    image = true;
    if (isData()) {
      base64(where + ".image_url");
    } else {
      elsewhere = true;
    }
  }

  private void readSound(String where, JsonToken token) {
    if (token != JsonToken.OBJECT_START) {
      scanner.skipRest(token);
      return;
    }
    while (scanner.next() != JsonToken.OBJECT_END) {
      boolean data = scanner.is(DATA);
      JsonToken value = scanner.next();
      if (data && value == JsonToken.STRING) {
        int from = base64(where + ".input_audio.data");
        input.tokens(MediaTokens.sound((long) scanner.end() - from));
      }
      scanner.skipRest(value);
    }
  }

  private boolean isData() {
    int from = scanner.start();
    return scanner.end() - from >= 5
        && body[from] == 'd'
        && body[from + 1] == 'a'
        && body[from + 2] == 't'
        && body[from + 3] == 'a'
        && body[from + 4] == ':';
  }

  /** Where the base64 of the string begins that the scanner is at, a data URL or not. */
  private int base64(String parameter) {
    boolean url = isData();
    int from = url ? Base64Check.dataOf(body, scanner.start(), scanner.end()) : scanner.start();
    if (from < 0 || !Base64Check.holds(body, from, scanner.end())) {
      throw RequestFault.of(parameter, "not base64 (expected: base64, or a data URL of it)");
    }
    return from;
  }
}
