package io.tollgate.tests.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** A message of PostgreSQL's protocol: its type (0 for the first of a session) and what follows. */
final class Message {
  private final int type;
  private final byte[] body;

  private Message(int type, byte[] body) {
    this.type = type;
    this.body = body;
  }

  static Message first(DataInputStream in) throws IOException {
    return rest(0, in);
  }

  static Message read(DataInputStream in) throws IOException {
    return rest(in.readUnsignedByte(), in);
  }

  int type() {
    return type;
  }

  /** The text that begins at an offset and ends with a zero. */
  String text(int from) {
    int end = from;
    while (end < body.length && body[end] != 0) {
      end++;
    }
    return new String(body, from, end - from, UTF_8);
  }

  /** The second of the texts that it begins with. */
  String secondText() {
    return text(text(0).getBytes(UTF_8).length + 1);
  }

  void write(DataOutputStream out) throws IOException {
    if (type != 0) {
      out.write(type);
    }
    out.writeInt(body.length + Integer.BYTES);
    out.write(body);
  }

  private static Message rest(int type, DataInputStream in) throws IOException {
    byte[] body = new byte[in.readInt() - Integer.BYTES];
    in.readFully(body);
    return new Message(type, body);
  }
}
