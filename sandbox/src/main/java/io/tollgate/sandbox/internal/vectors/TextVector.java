package io.tollgate.sandbox.internal.vectors;

import io.tollgate.sandbox.internal.content.Seeds;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as a vector of length 1: the sum of vectors made up for its words, so that texts which
 * share words are near to each other. The same text gives the same vector for ever.
 */
public final class TextVector {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final int MAX_WORDS = 256;

  private TextVector() {}

  /** The vector of a text in so many dimensions. */
  public static float[] of(String text, int dimensions) {
    float[] sum = new float[dimensions];
    add(sum, Seeds.with(7, text), 0.25f);
    Matcher words = WORD.matcher(text.toLowerCase(Locale.ROOT));
    for (int i = 0; i < MAX_WORDS && words.find(); i++) {
      add(sum, Seeds.with(7, words.group()), 1);
    }
    return normalized(sum);
  }

  private static void add(float[] sum, long seed, float weight) {
    long state = seed;
    for (int i = 0; i < sum.length; i++) {
      state += 0x9E3779B97F4A7C15L;
      sum[i] += weight * ((int) Seeds.mix(state) / (float) (1 << 31));
    }
  }

  private static float[] normalized(float[] vector) {
    double square = 0;
    for (float one : vector) {
      square += (double) one * one;
    }
    double length = square == 0 ? 1 : Math.sqrt(square);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
    return vector;
  }

  /** How near two texts are, 0..1. */
  static double nearness(float[] one, float[] other) {
    double product = 0;
    for (int i = 0; i < one.length; i++) {
      product += (double) one[i] * other[i];
    }
    return Math.clamp((product + 1) / 2, 0.0, 1.0);
  }

  /** As an array of JSON. */
  public static void json(StringBuilder json, float[] vector) {
    json.append('[');
    for (int i = 0; i < vector.length; i++) {
      json.append(i == 0 ? "" : ",").append(vector[i]);
    }
    json.append(']');
  }
}
