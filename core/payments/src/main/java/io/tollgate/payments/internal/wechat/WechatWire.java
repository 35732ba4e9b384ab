package io.tollgate.payments.internal.wechat;

import io.tollgate.payments.ChannelFault;
import io.tollgate.payments.internal.wire.ChannelHttp;
import io.tollgate.payments.internal.wire.ChannelJson;
import java.net.URI;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Calls WeChat Pay: every request signed, every good answer verified. */
final class WechatWire {
  private static final int ANSWER_BYTES = 1 << 20;

  private final WechatCalls calls;
  private final WechatPlatform platform;
  private final WechatTerms terms;

  WechatWire(WechatCalls calls, WechatPlatform platform, WechatTerms terms) {
    this.calls = calls;
    this.platform = platform;
    this.terms = terms;
  }

  /**
   * An answer.
   *
   * @param code WeChat Pay's error code; empty of a good answer
   */
  record Answer(int status, JsonNode json, String code) {
    boolean isGood() {
      return status == 200;
    }

    /** What went wrong, as a fault. */
    ChannelFault fault() {
      String said = "WeChat Pay answered " + status + (code.isEmpty() ? "" : " " + code);
      boolean again = status == 429 || status >= 500 || code.equals("FREQUENCY_LIMITED");
      return again ? ChannelFault.unknown(said) : ChannelFault.refused(said);
    }
  }

  Answer post(String path, Map<String, ?> body) {
    return send("POST", path, ChannelJson.write(body));
  }

  Answer get(String path) {
    return send("GET", path, new byte[0]);
  }

  /** A file of WeChat Pay's, which is not signed; its hash is told beside its address. */
  byte[] download(URI address) {
    ChannelHttp.Reply reply = calls.send("GET", address, new byte[0], terms.billBytes());
    if (reply.status() != 200) {
      throw ChannelFault.unknown("WeChat Pay answered " + reply.status() + " to a download");
    }
    return reply.body();
  }

  private Answer send(String method, String path, byte[] body) {
    ChannelHttp.Reply reply = calls.send(method, path, body, ANSWER_BYTES);
    if (reply.status() != 200) {
      String code =
          ChannelJson.object(reply.body())
              .flatMap(answer -> ChannelJson.text(answer, "code"))
              .orElse("");
      return new Answer(
          reply.status(), tools.jackson.databind.node.JsonNodeFactory.instance.objectNode(), code);
    }
    if (!platform.isSigned(reply::header, reply.body())) {
      throw ChannelFault.unknown("an answer is not signed by WeChat Pay");
    }
    return new Answer(200, ChannelJson.answered(reply.body()), "");
  }
}
