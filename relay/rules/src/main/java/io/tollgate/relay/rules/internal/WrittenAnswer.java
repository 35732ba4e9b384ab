package io.tollgate.relay.rules.internal;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.rules.KeptAnswer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A kept answer in bytes: a version, then what is told of it, then its body.
 *
 * @param ttl for how long it is kept, from its {@code keptAt} on
 */
record WrittenAnswer(KeptAnswer answer, Duration ttl) {
  private static final int VERSION = 1;

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(answer.body().length + 256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(answer.contentType());
      out.writeLong(answer.keptAt().toEpochMilli());
      out.writeLong(ttl.toMillis());
      out.writeUTF(answer.served().map(ServiceTier::name).orElse(""));
      out.writeInt(answer.usage().kinds());
      answer.usage().forEach((kind, count) -> write(out, kind, count));
      out.write(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException("an answer could not be written", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, UsageKind kind, long count) {
    try {
      out.writeUTF(kind.code());
      out.writeLong(count);
    } catch (IOException e) {
      throw new UncheckedIOException("a count could not be written", e);
    }
  }

  /**
   * @return nothing where another build has written it
   */
  static Optional<WrittenAnswer> read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != VERSION) {
        return Optional.empty();
      }
      String contentType = in.readUTF();
      Instant keptAt = Instant.ofEpochMilli(in.readLong());
      Duration ttl = Duration.ofMillis(in.readLong());
      String tier = in.readUTF();
      TokenUsage.Builder usage = TokenUsage.builder();
      int kinds = in.readInt();
      for (int i = 0; i < kinds; i++) {
        Optional<UsageKind> kind = UsageKind.byCode(in.readUTF());
        if (kind.isEmpty()) {
          return Optional.empty();
        }
        usage.add(kind.get(), in.readLong());
      }
      byte[] body = in.readAllBytes();
      Optional<ServiceTier> served =
          tier.isEmpty() ? Optional.empty() : Optional.of(new ServiceTier(tier));
      return Optional.of(
          new WrittenAnswer(new KeptAnswer(contentType, body, usage.build(), served, keptAt), ttl));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
