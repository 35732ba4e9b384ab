/** WeChat Pay's protocol, version 3: native payments, encrypted notifications, refunds, bills. */
@NullMarked
package io.tollgate.payments.internal.wechat;

import org.jspecify.annotations.NullMarked;
