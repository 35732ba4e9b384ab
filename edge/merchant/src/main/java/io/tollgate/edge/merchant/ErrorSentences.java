package io.tollgate.edge.merchant;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.util.Set;

/** Says in Chinese what errors of the catalogue are; the refusal itself says it in English. */
final class ErrorSentences {
  /** Statuses of errors that are answered with 200, and said in {@code code}. */
  private static final Set<Integer> ANSWERED = Set.of(400, 402, 403, 404, 409);

  private ErrorSentences() {}

  static Sentence of(Refusal refusal) {
    return new Sentence(chinese(refusal), refusal.sentence());
  }

  private static String chinese(Refusal refusal) {
    return switch (refusal.code()) {
      case INVALID_REQUEST,
          CURRENCY_MISMATCH,
          UNKNOWN_ASSET,
          LINK_INVALID,
          INVALID_CODE,
          VALIDATION_ERROR,
          STRATEGY_LOAD_ERROR,
          INSUFFICIENT_DATA ->
          "请求参数有误（" + refusal.sentence() + "）";
      case MALFORMED_BODY -> "请求体格式错误（" + refusal.sentence() + "）";
      case REFUSED_BY_FILTER -> "请求被拒绝";
      case UNAUTHENTICATED, INVALID_API_KEY, INVALID_CREDENTIALS, TOTP_REQUIRED -> "签名验证失败";
      case ACCOUNT_LOCKED -> "尝试次数过多，请稍后再试";
      case RATE_LIMITED -> "套餐的调用次数已用完，请稍后再试";
      case INSUFFICIENT_MEANS -> "余额不足";
      case FORBIDDEN, CSRF, TOTP_SETUP_REQUIRED, ADDRESS_NOT_ALLOWED, MODEL_NOT_ALLOWED ->
          "无权进行此操作";
      case PLAN_LIMIT -> "已达到套餐的数量上限";
      case NOT_FOUND, SERVICE_NOT_FOUND, MODEL_NOT_FOUND -> "请求的内容不存在";
      case USER_NOT_FOUND -> "用户不存在";
      case METHOD_NOT_ALLOWED -> "不支持该请求方法";
      case REQUEST_TIMEOUT -> "请求体未能及时送达";
      case CONFLICT -> "与已有数据冲突（" + refusal.sentence() + "）";
      case IDEMPOTENCY_CONFLICT -> "该 Idempotency-Key 已用于另一个请求";
      case BODY_TOO_LARGE -> "请求体过大";
      case UNSUPPORTED_MEDIA_TYPE -> "不支持的 Content-Type";
      case HEADERS_TOO_LARGE -> "请求头过大";
      case INTERNAL -> "服务器内部错误";
      case UPSTREAM_FAILED, UPSTREAM_TIMEOUT -> "上游服务异常";
      case UNAVAILABLE, NO_AVAILABLE_ACCOUNT -> "服务暂不可用，请稍后再试";
    };
  }

  /**
   * The status of an error: that of HTTP where a caller's library is to notice it, 200 where the
   * call was understood and said no.
   */
  static int status(ErrorCode code) {
    boolean understood = code != ErrorCode.MALFORMED_BODY && ANSWERED.contains(code.httpStatus());
    return understood ? 200 : code.httpStatus();
  }
}
