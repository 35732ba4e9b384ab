package io.tollgate.web;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.web.internal.QueryParameters;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fields of a body that is an encoded form ({@code application/x-www-form-urlencoded}). */
public final class FormFields {
  private FormFields() {}

  /**
   * Reads them, strictly: a field that is given twice could be read in two ways.
   *
   * @throws Refusal {@code MALFORMED_BODY} when it is not UTF-8 or has an escape that is none;
   *     {@code INVALID_REQUEST} naming the field that is given twice or whose text cannot be kept
   */
  public static Map<String, String> read(byte[] body) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> field : parse(body).entrySet()) {
      if (field.getValue().size() > 1) {
        throw new Refusal(
            ErrorCode.INVALID_REQUEST,
            GivenText.shown(field.getKey()) + ": is given more than once (expected: one value)");
      }
      fields.put(field.getKey(), field.getValue().getFirst());
    }
    return fields;
  }

  private static Map<String, List<String>> parse(byte[] body) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return QueryParameters.parse(text).all();
    } catch (CharacterCodingException e) {
      throw new Refusal(ErrorCode.MALFORMED_BODY, "the body is not UTF-8", e);
    }
  }
}
