package io.tollgate.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/** One whole request for each key, ready to be sent: about 1 KB each. */
public final class RequestTexts {
  private final ByteBuf all;
  private final int bytesEach;
  private final int size;

  /**
   * @param keys all of one length
   */
  public RequestTexts(RequestForm form, List<String> keys) {
    ByteBuf texts = Unpooled.directBuffer();
    keys.forEach(key -> texts.writeBytes(form.text(key).getBytes(UTF_8)));
    all = Unpooled.unreleasableBuffer(texts.asReadOnly());
    size = keys.size();
    bytesEach = texts.readableBytes() / size;
    if (texts.readableBytes() != size * bytesEach) {
      throw new IllegalArgumentException("keys of different lengths (expected: of one length)");
    }
  }

  int size() {
    return size;
  }

  /** A view, to be written once. */
  public ByteBuf get(int index) {
    return all.slice(index * bytesEach, bytesEach);
  }
}
