package io.tollgate.relay.protocols.forms;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a form as its pieces arrive: finds its parts, keeps the values of fields and the places of
 * files. Where pieces are cut makes no difference. Used once, by one thread at a time.
 */
public final class FormReader {
  private static final Pattern BOUNDARY =
      Pattern.compile("[A-Za-z0-9'()+_,./:=? -]{0,69}[A-Za-z0-9'()+_,./:=?-]");
  private static final int MAX_HEAD_BYTES = 8 * 1024;
  private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
  private static final byte[] NOTHING = {};

  private enum State {
    /** Before the first boundary. */
    START,
    /** After a boundary, before it is known whether a part follows. */
    BOUNDARY,
    HEAD,
    CONTENT,
    /** After the last boundary. */
    OVER
  }

  private final String boundary;
  private final byte[] delimiter;
  private final FormBounds bounds;
  private final List<FormPart> parts = new ArrayList<>();
  private State state = State.START;
  // what has come and is not read yet, and the place of its first byte in the body
  private byte[] rest = NOTHING;
  private long restAt;
  private @Nullable PartHead head;
  private long contentFrom;
  private final ByteSink value = new ByteSink();
  private long fieldBytes;

  private FormReader(String boundary, FormBounds bounds) {
    this.boundary = boundary;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    this.bounds = requireNonNull(bounds, "bounds is null");
  }

  /** Whether a content type is that of a form. */
  public static boolean isForm(String contentType) {
    return contentType.trim().regionMatches(true, 0, "multipart/form-data", 0, 19);
  }

  /**
   * @param contentType of a form, with its boundary
   * @throws RequestFault where it has none that can be used
   */
  public static FormReader of(String contentType, FormBounds bounds) {
    String boundary =
        HeaderParameters.of(contentType)
            .filter(header -> header.value().equals("multipart/form-data"))
            .map(header -> header.parameters().getOrDefault("boundary", ""))
            .orElse("");
    if (!BOUNDARY.matcher(boundary).matches()) {
      throw RequestFault.malformed(
          "content-type: no boundary that can be used (expected: multipart/form-data with a"
              + " boundary of 1 to 70 characters)");
    }
    return new FormReader(boundary, bounds);
  }

  /**
   * Reads the next piece, which is not to be changed afterwards.
   *
   * @throws RequestFault where it is no form
   * @throws Refusal {@code BODY_TOO_LARGE} where a file is too large
   */
  public void accept(byte[] piece) {
    byte[] window = piece;
    if (rest.length > 0) {
      window = Arrays.copyOf(rest, rest.length + piece.length);
      System.arraycopy(piece, 0, window, rest.length, piece.length);
    }
    int at = 0;
    int read = 0;
    while (read >= 0) {
      at += read;
      read = step(window, at);
    }
    rest = at == 0 ? window : Arrays.copyOfRange(window, at, window.length);
    restAt += at;
  }

  /** All of it has come. */
  public Form end() {
    if (state != State.OVER) {
      throw RequestFault.malformed("form: breaks off (expected: its last boundary)");
    }
    return new Form(boundary, parts);
  }

  /** How many bytes were read from here on; -1 where more must come first. */
  private int step(byte[] window, int at) {
    return switch (state) {
      case START -> start(window, at);
      case BOUNDARY -> afterBoundary(window, at);
      case HEAD -> head(window, at);
      case CONTENT -> content(window, at);
      case OVER -> window.length > at ? window.length - at : -1;
    };
  }

  private int start(byte[] window, int at) {
    // the first boundary stands at the very beginning, without the line before it
    int length = delimiter.length - 2;
    int have = Math.min(length, window.length - at);
    if (!Arrays.equals(window, at, at + have, delimiter, 2, 2 + have)) {
      throw RequestFault.malformed(
          "form: does not begin with its boundary (expected: the boundary of its content type)");
    }
    if (have < length) {
      return -1;
    }
    state = State.BOUNDARY;
    return length;
  }

  private int afterBoundary(byte[] window, int at) {
    if (window.length - at < 2) {
      return -1;
    }
    if (window[at] == '-' && window[at + 1] == '-') {
      state = State.OVER;
      return 2;
    }
    if (window[at] != '\r' || window[at + 1] != '\n') {
      throw RequestFault.malformed(
          "form: something else after the boundary at byte "
              + (restAt + at)
              + " (expected: the end of the line)");
    }
    if (parts.size() >= bounds.maxParts()) {
      throw RequestFault.malformed(
          "form: more than "
              + bounds.maxParts()
              + " parts (expected: at most "
              + bounds.maxParts()
              + ")");
    }
    state = State.HEAD;
    return 2;
  }

  private int head(byte[] window, int at) {
    int end = find(window, at, HEAD_END);
    if (end < 0 ? window.length - at > MAX_HEAD_BYTES : end - at > MAX_HEAD_BYTES) {
      throw RequestFault.malformed(
          "form: the head of part "
              + parts.size()
              + " is too long (expected: at most "
              + MAX_HEAD_BYTES
              + " bytes)");
    }
    if (end < 0) {
      return -1;
    }
    String text = new String(window, at, end - at, StandardCharsets.ISO_8859_1);
    head = PartHead.of(text, parts.size());
    state = State.CONTENT;
    contentFrom = restAt + end + HEAD_END.length;
    return end - at + HEAD_END.length;
  }

  private int content(byte[] window, int at) {
    int end = find(window, at, delimiter);
    // the beginning of a boundary may stand at the end of what has come
    int to = end >= 0 ? end : Math.max(at, window.length - delimiter.length + 1);
    take(window, at, to);
    if (end < 0) {
      return to == at ? -1 : to - at;
    }
    PartHead of = requireNonNull(head, "no head");
    parts.add(new FormPart(of.name(), of.file(), contentFrom, restAt + end, value.take()));
    state = State.BOUNDARY;
    return end - at + delimiter.length;
  }

  private void take(byte[] window, int from, int to) {
    PartHead of = requireNonNull(head, "no head");
    if (of.file()) {
      if (restAt + to - contentFrom > bounds.maxFileBytes()) {
        throw new Refusal(
            ErrorCode.BODY_TOO_LARGE,
            of.name()
                + ": the file is too large (expected: at most "
                + bounds.maxFileBytes()
                + " bytes)");
      }
      return;
    }
    fieldBytes += to - from;
    if (fieldBytes > bounds.maxFieldBytes()) {
      throw RequestFault.of(
          of.name(),
          "the form's fields have more than "
              + bounds.maxFieldBytes()
              + " bytes (expected: at most "
              + bounds.maxFieldBytes()
              + ")");
    }
    value.add(window, from, to);
  }

  private static int find(byte[] window, int from, byte[] wanted) {
    for (int at = from; at <= window.length - wanted.length; at++) {
      if (window[at] == wanted[0]
          && Arrays.equals(window, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }
}
