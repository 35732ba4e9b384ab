/** What is kept of the log of requests in the database: how long, and how it compares. */
@NullMarked
package io.tollgate.insight.internal.books;

import org.jspecify.annotations.NullMarked;
