@NullMarked
package io.tollgate.payments.internal.wechat;

import org.jspecify.annotations.NullMarked;
