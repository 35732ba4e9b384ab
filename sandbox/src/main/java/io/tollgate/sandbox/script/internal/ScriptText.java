package io.tollgate.sandbox.script.internal;

import io.tollgate.sandbox.script.Octets;
import io.tollgate.sandbox.script.Script;
import io.tollgate.sandbox.script.ScriptWriter;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/** Reads scripts as people write them: a word a line, with what it needs after it. */
public final class ScriptText {
  private static final String WORDS =
      "before-body, status, header, line, gzip, json, body, end-head, chunked, events, event, chunk,"
          + " repeat, end-chunks, raw, drip, pause, next-request, hang, close, reset";

  private ScriptText() {}

  /** Empty lines and lines that begin with # are left out. */
  public static Script parse(String text) {
    ScriptWriter writer = Script.answer();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int space = line.indexOf(' ');
      String word = space < 0 ? line : line.substring(0, space);
      String rest = space < 0 ? "" : line.substring(space + 1);
      try {
        write(writer, word, rest);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
      }
    }
    return writer.done();
  }

  private static ScriptWriter write(ScriptWriter writer, String word, String rest) {
    return switch (word) {
      case "before-body" -> writer.beforeBody();
      case "status" -> writer.line("HTTP/1.1 " + rest);
      case "header", "line" -> writer.line(plain(rest).toString());
      case "gzip" -> writer.gzip();
      case "json" -> writer.json(rest);
      case "body" -> writer.body(plain(rest));
      case "end-head" -> writer.endHead();
      case "chunked" -> writer.chunked();
      case "events" -> writer.eventStream();
      case "event" -> writer.event(rest);
      case "chunk" -> writer.chunk(plain(rest).toString());
      case "repeat" -> {
        String[] parts = parts(rest, 3, "repeat TIMES MS TEXT");
        yield writer.repeatChunk(plain(parts[2]).toString(), number(parts[1]), number(parts[0]));
      }
      case "end-chunks" -> writer.endChunks();
      case "raw" -> writer.raw(plain(rest));
      case "drip" -> {
        String[] parts = parts(rest, 2, "drip MS TEXT");
        yield writer.drip(plain(parts[1]).toString(), number(parts[0]));
      }
      case "pause" -> writer.pause(number(rest));
      case "next-request" -> writer.nextRequest();
      case "hang" -> writer.hang();
      case "close" -> writer.close();
      case "reset" -> writer.reset();
      default ->
          throw new IllegalArgumentException(word + ": unknown (expected: one of " + WORDS + ")");
    };
  }

  private static String[] parts(String rest, int count, String expected) {
    String[] parts = rest.split(" ", count);
    if (parts.length < count) {
      throw new IllegalArgumentException("'" + rest + "' (expected: " + expected + ")");
    }
    return parts;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' (expected: a whole number)", e);
    }
  }

  /** With \r, \n, \t, \\ and \xHH resolved. */
  private static Octets plain(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int from = 0;
    for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', from)) {
      bytes.writeBytes(Octets.of(text.substring(from, at)).toBytes());
      char escaped = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
      from = at + 2;
      switch (escaped) {
        case 'r' -> bytes.write('\r');
        case 'n' -> bytes.write('\n');
        case 't' -> bytes.write('\t');
        case '\\' -> bytes.write('\\');
        case 'x' -> {
          if (at + 4 > text.length()) {
            throw new IllegalArgumentException("\\x at the end (expected: two hex digits)");
          }
          bytes.write(HexFormat.fromHexDigits(text, at + 2, at + 4));
          from = at + 4;
        }
        default ->
            throw new IllegalArgumentException(
                "\\" + escaped + " (expected: one of \\r, \\n, \\t, \\\\ and \\xHH)");
      }
    }
    bytes.writeBytes(Octets.of(text.substring(from)).toBytes());
    return Octets.of(bytes.toByteArray());
  }
}
