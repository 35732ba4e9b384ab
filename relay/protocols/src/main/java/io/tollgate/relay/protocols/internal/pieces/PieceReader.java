package io.tollgate.relay.protocols.internal.pieces;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.openai.UsageReader;
import io.tollgate.relay.protocols.usage.ReportedCount;
import io.tollgate.relay.protocols.usage.ReportedUnits;
import io.tollgate.relay.protocols.usage.UsageReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Reads one JSON object of an answer, a document or the data of an event: what it holds of what was
 * asked for, what it reports, whether it is an error. Used for one answer, object by object.
 */
final class PieceReader {
  private static final int MAX_NUMBER_DIGITS = 40;

  private static final JsonNames<Member> MEMBERS =
      new JsonNames.Builder<Member>()
          .add(Member.LIST, "data", "results")
          .add(Member.TEXT, "text")
          .add(Member.TYPE, "type")
          .add(Member.USAGE, "usage")
          .add(Member.META, "meta")
          .add(Member.DURATION, "duration")
          .add(Member.ERROR, "error")
          .add(Member.COMPLAINT, "message", "msg", "code", "detail")
          .build();

  /** Where makers write how many pieces there were, within the object of their usage. */
  private static final Map<UsageKind, JsonNames<Boolean>> PIECES =
      Map.of(
          UsageKind.SECONDS, names("seconds"),
          UsageKind.CHARACTERS, names("characters", "input_characters"),
          UsageKind.SEARCH_UNITS, names("search_units"));

  private static final JsonNames<Boolean> BILLED = names("billed_units");

  private final ReportedUnits report;
  private long listed;
  private boolean text;
  private boolean error;
  private boolean complaint;
  private String type = "";

  private enum Member {
    LIST,
    TEXT,
    TYPE,
    USAGE,
    META,
    DURATION,
    ERROR,
    COMPLAINT
  }

  PieceReader(ReportedUnits report) {
    this.report = requireNonNull(report, "report is null");
  }

  private static JsonNames<Boolean> names(String... names) {
    return new JsonNames.Builder<Boolean>().add(true, names).build();
  }

  /** Objects in its list, 0 where it has none. */
  long listed() {
    return listed;
  }

  /** Whether it has a text. */
  boolean text() {
    return text;
  }

  /** Whether it is an error, or holds one. */
  boolean error() {
    return error;
  }

  /** Whether it has a message or a code, which only complaints have. */
  boolean complaint() {
    return complaint;
  }

  /** What an event says that it is; empty where it does not. */
  String type() {
    return type;
  }

  /**
   * Reads an object; what was read before of another is forgotten, but for its reports.
   *
   * @return whether it is a JSON object, and whole
   */
  boolean read(byte[] bytes, int from, int to) {
    listed = 0;
    text = false;
    error = false;
    complaint = false;
    type = "";
    try {
      JsonScanner scanner = new JsonScanner(bytes, from, to);
      if (scanner.next() != JsonToken.OBJECT_START) {
        return false;
      }
      while (scanner.next() != JsonToken.OBJECT_END) {
        Member member = MEMBERS.find(scanner);
        if (member == null) {
          scanner.skipValue();
        } else {
          readMember(member, scanner, bytes);
        }
      }
      scanner.next();
      return true;
    } catch (JsonFault e) {
      return false;
    }
  }

  private void readMember(Member member, JsonScanner scanner, byte[] bytes) {
    JsonToken first = scanner.next();
    switch (member) {
      case LIST -> readList(scanner, first);
      case TEXT -> {
        scanner.skipRest(first);
        text |= first == JsonToken.STRING;
      }
      case TYPE -> {
        scanner.skipRest(first);
        if (first == JsonToken.STRING) {
          type = scanner.text();
          error |= type.equals("error");
        }
      }
      case USAGE -> readUsage(scanner, first, bytes);
      case META -> readMeta(scanner, first, bytes);
      case DURATION -> {
        if (report.kind() == UsageKind.SECONDS) {
          readPieces(scanner, first);
        } else {
          scanner.skipRest(first);
        }
      }
      case ERROR -> {
        boolean empty = first == JsonToken.STRING && scanner.start() == scanner.end();
        scanner.skipRest(first);
        error |= !empty && first != JsonToken.NULL && first != JsonToken.FALSE;
      }
      case COMPLAINT -> {
        scanner.skipRest(first);
        complaint |= first != JsonToken.NULL;
      }
    }
  }

  private void readList(JsonScanner scanner, JsonToken first) {
    if (first != JsonToken.ARRAY_START) {
      scanner.skipRest(first);
      return;
    }
    for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
      listed += next == JsonToken.OBJECT_START ? 1 : 0;
      scanner.skipRest(next);
    }
  }

  private void readMeta(JsonScanner scanner, JsonToken first, byte[] bytes) {
    if (first != JsonToken.OBJECT_START) {
      scanner.skipRest(first);
      return;
    }
    while (scanner.next() != JsonToken.OBJECT_END) {
      boolean billed = BILLED.find(scanner) != null;
      JsonToken value = scanner.next();
      if (billed) {
        readUsage(scanner, value, bytes);
      } else {
        scanner.skipRest(value);
      }
    }
  }

  /** Tokens, pieces, or both: read once for each. */
  private void readUsage(JsonScanner scanner, JsonToken first, byte[] bytes) {
    int from = scanner.end() - 1;
    scanner.skipRest(first);
    if (first != JsonToken.OBJECT_START) {
      return;
    }
    UsageReport tokens = report.tokens().next();
    JsonScanner again = new JsonScanner(bytes, from, scanner.end());
    again.next();
    UsageReader.read(again, bytes, tokens);
    if (report.kind() == UsageKind.SEARCH_UNITS
        && (tokens.has(ReportedCount.TOTAL) || tokens.has(ReportedCount.INPUT))) {
      // no tokens are made, whether it says so or not
      tokens.set(ReportedCount.OUTPUT, 0);
    }
    report.tokens().filled();
    JsonNames<Boolean> names = PIECES.get(report.kind());
    if (names == null) {
      return;
    }
    JsonScanner pieces = new JsonScanner(bytes, from, scanner.end());
    pieces.next();
    while (pieces.next() != JsonToken.OBJECT_END) {
      boolean found = names.find(pieces) != null;
      JsonToken value = pieces.next();
      if (found) {
        readPieces(pieces, value);
      } else {
        pieces.skipRest(value);
      }
    }
  }

  /** A number of pieces, rounded up; some write it as text. */
  private void readPieces(JsonScanner scanner, JsonToken first) {
    scanner.skipRest(first);
    if (first == JsonToken.NULL) {
      return;
    }
    if ((first != JsonToken.NUMBER && first != JsonToken.STRING)
        || scanner.end() - scanner.start() > MAX_NUMBER_DIGITS) {
      report.oddPieces();
      return;
    }
    try {
      BigDecimal number = new BigDecimal(scanner.raw(StandardCharsets.US_ASCII).trim());
      if (number.precision() - number.scale() > 18 || number.scale() > 1_000) {
        report.oddPieces();
        return;
      }
      long pieces = number.setScale(0, RoundingMode.CEILING).longValueExact();
      if (pieces > TokenUsage.MAX_OTHER_UNITS) {
        report.oddPieces();
      } else {
        report.pieces(pieces);
      }
    } catch (NumberFormatException | ArithmeticException e) {
      report.oddPieces();
    }
  }
}
