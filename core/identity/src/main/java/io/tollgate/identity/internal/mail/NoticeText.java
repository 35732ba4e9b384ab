package io.tollgate.identity.internal.mail;

import io.tollgate.identity.MailLanguage;

/** What a mail says to a user who wanted to be told of their account. */
final class NoticeText {
  private NoticeText() {}

  /**
   * @param amount what is left, with its currency
   */
  static MailText balanceLow(MailLanguage language, String place, String amount, String topUp) {
    return switch (language) {
      case EN ->
          new MailText(
              "Your balance with " + place + " is " + amount,
              """
              Hello,

              your balance with %1$s is %2$s, which is below what you set for this mail.

              Top up: %3$s

              You set this yourself, and can change it in your account.
              """
                  .formatted(place, amount, topUp));
      case ZH ->
          new MailText(
              "您在 " + place + " 的余额为 " + amount,
              """
              您好:

              您在 %1$s 的余额为 %2$s,低于您设置的提醒值。

              充值:%3$s

              此提醒由您本人设置,可在账户页面修改。
              """
                  .formatted(place, amount, topUp));
    };
  }

  /**
   * @param share of the free tokens that is used up, in percent
   */
  static MailText quotaLow(MailLanguage language, String place, String share, String usage) {
    return switch (language) {
      case EN ->
          new MailText(
              share + " of your free quota with " + place + " is used",
              """
              Hello,

              %2$s of your free tokens with %1$s are used up. What follows is paid from your balance.

              See what used them: %3$s

              You set this yourself, and can change it in your account.
              """
                  .formatted(place, share, usage));
      case ZH ->
          new MailText(
              "您在 " + place + " 的免费额度已用 " + share,
              """
              您好:

              您在 %1$s 的免费额度已使用 %2$s,之后的用量将从余额扣费。

              查看用量:%3$s

              此提醒由您本人设置,可在账户页面修改。
              """
                  .formatted(place, share, usage));
    };
  }
}
