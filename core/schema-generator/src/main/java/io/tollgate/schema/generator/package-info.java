/** Build tool: typed SQL classes from the migrations, by way of a real database. */
@NullMarked
package io.tollgate.schema.generator;

import org.jspecify.annotations.NullMarked;
