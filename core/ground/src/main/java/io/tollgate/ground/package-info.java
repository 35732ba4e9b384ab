/**
 * What every module stands on: typed ids, exact amounts, the error catalogue. No third-party code.
 */
@NullMarked
package io.tollgate.ground;

import org.jspecify.annotations.NullMarked;
