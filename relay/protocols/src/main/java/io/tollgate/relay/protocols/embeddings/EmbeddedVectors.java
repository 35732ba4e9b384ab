package io.tollgate.relay.protocols.embeddings;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/**
 * The vectors of an answer, as places of its body: their numbers are not read unless they must be.
 * For one thread.
 */
public final class EmbeddedVectors {
  private final byte[] body;
  private final List<Place> places = new ArrayList<>();
  private boolean whole = true;

  // of the brackets; numbers between them
  private record Place(int index, int from, int to, int numbers) {}

  public EmbeddedVectors(byte[] body) {
    this.body = requireNonNull(body, "body is null");
  }

  /**
   * Takes the vector that the scanner is at: its token was just returned.
   *
   * @param index its place among the vectors
   */
  public void take(JsonScanner scanner, JsonToken first, int index) {
    if (first != JsonToken.ARRAY_START) {
      scanner.skipRest(first);
      whole = false;
      return;
    }
    int from = scanner.end() - 1;
    int numbers = 0;
    for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
      whole &= next == JsonToken.NUMBER;
      scanner.skipRest(next);
      numbers++;
    }
    whole &= numbers > 0;
    places.add(new Place(index, from, scanner.end(), numbers));
  }

  /** The same with the place of a vector that was taken before its index was known. */
  public void indexLast(int index) {
    if (!places.isEmpty()) {
      Place last = places.removeLast();
      places.add(new Place(index, last.from, last.to, last.numbers));
    }
  }

  /** All of them are there, in order. */
  public void end() {
    places.sort(Comparator.comparingInt(Place::index));
  }

  public int size() {
    return places.size();
  }

  /** Whether each is an array of numbers. */
  public boolean areNumbers() {
    return whole;
  }

  /** One as a JSON array. */
  public byte[] json(int vector) {
    Place place = places.get(vector);
    return Arrays.copyOfRange(body, place.from, place.to);
  }

  /** One as its numbers of 32 bits, the lowest byte first, in Base64. */
  public String base64(int vector) {
    Place place = places.get(vector);
    ByteBuffer bytes =
        ByteBuffer.allocate(place.numbers * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    JsonScanner scanner = new JsonScanner(body, place.from, place.to);
    JsonToken next = scanner.next();
    for (next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
      bytes.putFloat(Float.parseFloat(scanner.raw(StandardCharsets.US_ASCII)));
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }
}
