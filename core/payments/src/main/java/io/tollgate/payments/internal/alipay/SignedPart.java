package io.tollgate.payments.internal.alipay;

import io.tollgate.payments.ChannelFault;

/** The part of Alipay's answers that is signed, to the byte as it came: the value of one field. */
final class SignedPart {
  private SignedPart() {}

  /**
   * The object that stands in a field of the outermost object.
   *
   * @throws ChannelFault when it is not there or does not end
   */
  static String of(String json, String field) {
    int at = json.indexOf("\"" + field + "\"");
    int begin = at < 0 ? -1 : json.indexOf('{', at);
    if (begin < 0) {
      throw ChannelFault.unknown("the answer has no " + field);
    }
    int depth = 0;
    boolean text = false;
    for (int i = begin; i < json.length(); i++) {
      char c = json.charAt(i);
      if (text) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          text = false;
        }
      } else if (c == '"') {
        text = true;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        return json.substring(begin, i + 1);
      }
    }
    throw ChannelFault.unknown("the answer does not end");
  }
}
