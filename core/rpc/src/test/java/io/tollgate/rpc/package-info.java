@NullMarked
package io.tollgate.rpc;

import org.jspecify.annotations.NullMarked;
