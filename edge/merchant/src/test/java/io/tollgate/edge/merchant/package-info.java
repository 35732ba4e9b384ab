@NullMarked
package io.tollgate.edge.merchant;

import org.jspecify.annotations.NullMarked;
