package io.tollgate.identity.internal.mail;

import io.tollgate.identity.MailLanguage;

/**
 * What a mail says: plain text, in the language of its reader. Of what callers send nothing is in
 * it.
 *
 * @param subject one line
 */
public record MailText(String subject, String body) {
  static MailText verify(MailLanguage language, String place, String link, long hours) {
    return switch (language) {
      case EN ->
          new MailText(
              "Confirm your address for " + place,
              """
              Hello,

              somebody, probably you, is registering with %1$s with this address.
              To finish, open this page within %3$d hours:

              %2$s

              If it was not you, do nothing: without the page there will be no account.
              """
                  .formatted(place, link, hours));
      case ZH ->
          new MailText(
              "请确认您在 " + place + " 的邮箱地址",
              """
              您好:

              有人(应该是您本人)正在用此邮箱注册 %1$s。
              请在 %3$d 小时内打开下面的页面完成注册:

              %2$s

              如果不是您本人操作,请忽略此邮件:不打开该页面就不会创建账户。
              """
                  .formatted(place, link, hours));
    };
  }

  /** To who has an account and is registered again, by themselves or by somebody else. */
  static MailText registered(MailLanguage language, String place, String login, String forgot) {
    return switch (language) {
      case EN ->
          new MailText(
              "You have an account with " + place + " already",
              """
              Hello,

              somebody tried to register with %1$s with this address, which has an account already.

              If it was you, log in: %2$s
              If you have forgotten the password: %3$s

              If it was not you, there is nothing to do.
              """
                  .formatted(place, login, forgot));
      case ZH ->
          new MailText(
              "您已拥有 " + place + " 的账户",
              """
              您好:

              有人尝试用此邮箱注册 %1$s,但该邮箱已有账户。

              如果是您本人,请直接登录:%2$s
              如果忘记了密码:%3$s

              如果不是您本人操作,无需任何处理。
              """
                  .formatted(place, login, forgot));
    };
  }

  static MailText reset(MailLanguage language, String place, String link, long minutes) {
    return switch (language) {
      case EN ->
          new MailText(
              "Set another password for " + place,
              """
              Hello,

              somebody, probably you, has forgotten the password of this address with %1$s.
              To set another one, open this page within %3$d minutes:

              %2$s

              If it was not you, do nothing: the password stays as it is.
              """
                  .formatted(place, link, minutes));
      case ZH ->
          new MailText(
              "重置您在 " + place + " 的密码",
              """
              您好:

              有人(应该是您本人)忘记了此邮箱在 %1$s 的密码。
              请在 %3$d 分钟内打开下面的页面设置新密码:

              %2$s

              如果不是您本人操作,请忽略此邮件:密码不会改变。
              """
                  .formatted(place, link, minutes));
    };
  }

  static MailText passwordChanged(MailLanguage language, String place, String forgot) {
    return switch (language) {
      case EN ->
          new MailText(
              "Your password for " + place + " was changed",
              """
              Hello,

              the password of your account with %1$s was changed, and other sessions have ended.

              If it was not you, set another one at once: %2$s
              """
                  .formatted(place, forgot));
      case ZH ->
          new MailText(
              "您在 " + place + " 的密码已更改",
              """
              您好:

              您在 %1$s 的账户密码已更改,其他登录会话已结束。

              如果不是您本人操作,请立即重新设置密码:%2$s
              """
                  .formatted(place, forgot));
    };
  }
}
