"""What a member's copy holds of sales, customers, returns and stock; see `own_copy`."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import TextClause, text
from sqlalchemy.sql.selectable import TextualSelect

from bot.store.db.types import Flag, Instant

__all__ = ["SALES_PARTS"]

MY_CUSTOMERS = text("""
    SELECT c.id AS customer, c.name, c.created_at, g.kept_id AS merged_into, g.merged_at
    FROM customers AS c LEFT JOIN merged_customers AS g ON g.customer_id = c.id
    WHERE c.member_id = :member_id ORDER BY c.id
""").columns(created_at=Instant, merged_at=Instant)

MY_CUSTOMER_DETAILS = text("""
    SELECT d.customer_id AS customer, d.phone_sealed, d.birthday, d.notes, d.language, d.wish,
      d.wish_on, d.contacted_on, d.changed_at
    FROM customers AS c JOIN customer_details AS d ON d.customer_id = c.id
    WHERE c.member_id = :member_id ORDER BY c.id
""").columns(changed_at=Instant)

MY_SALES = text("""
    SELECT s.id AS receipt, s.sold_on, s.customer_id AS customer, s.status, s.period, s.total,
      s.goods, s.points, s.bonus_value, s.invoice, s.photo_kind, s.logged_at, s.decided_at,
      s.version, s.point_value
    FROM sales AS s WHERE s.seller_id = :member_id ORDER BY s.id
""").columns(logged_at=Instant, decided_at=Instant)

MY_SALE_LINES = text("""
    SELECT s.id AS receipt, a.name AS product, l.quantity, l.amount, l.member_price, l.points,
      l.bonus_value
    FROM sales AS s JOIN sale_lines AS l ON l.sale_id = s.id
      JOIN products AS a ON a.id = l.product_id
    WHERE s.seller_id = :member_id ORDER BY s.id, l.id
""")

MY_PAYMENT_NOTES = text("""
    SELECT s.id AS receipt, n.in_full, n.deposit, n.means, n.due_on, n.noted_at
    FROM sales AS s JOIN payment_notes AS n ON n.sale_id = s.id
    WHERE s.seller_id = :member_id ORDER BY s.id
""").columns(noted_at=Instant)

MY_CUSTOMER_PAYMENTS = text("""
    SELECT p.customer_id AS customer, p.sale_id AS receipt, p.amount, p.means, p.paid_on,
      p.noted_at, p.undone_at
    FROM customers AS c JOIN customer_payments AS p ON p.customer_id = c.id
    WHERE c.member_id = :member_id ORDER BY p.id
""").columns(noted_at=Instant, undone_at=Instant)

MY_LISTED = text("""
    SELECT i.customer_id AS customer, i.reason, i.subject, i.shown_on, i.state, i.until, i.at
    FROM today_items AS i WHERE i.member_id = :member_id
    ORDER BY i.at, i.customer_id, i.reason
""").columns(at=Instant)

MY_DECISIONS = text("""
    SELECT s.id AS receipt, d.version, d.before, d.after, d.period, d.reason, d.at,
      d.correction
    FROM sales AS s JOIN sale_decisions AS d ON d.sale_id = s.id
    WHERE s.seller_id = :member_id ORDER BY s.id, d.id
""").columns(at=Instant, correction=Flag)

MY_FORMER_SALES = text("""
    SELECT s.id AS receipt, v.version, v.sold_on, v.customer_id AS customer, v.period, v.total,
      v.goods, v.points, v.bonus_value, v.invoice, v.photo_kind, v.replaced_at
    FROM sales AS s JOIN sale_versions AS v ON v.sale_id = s.id
    WHERE s.seller_id = :member_id ORDER BY s.id, v.version
""").columns(replaced_at=Instant)

MY_FORMER_LINES = text("""
    SELECT s.id AS receipt, l.version, a.name AS product, l.quantity, l.amount, l.member_price,
      l.points, l.bonus_value
    FROM sales AS s JOIN sale_version_lines AS l ON l.sale_id = s.id
      JOIN products AS a ON a.id = l.product_id
    WHERE s.seller_id = :member_id ORDER BY s.id, l.version, l.id
""")

MY_RETURNS = text("""
    SELECT s.id AS receipt, r.state, r.came_on, r.saleable, r.reason, r.amount, r.goods, r.points,
      r.bonus_value, r.refund, r.asked_at, r.period, r.decided_at, r.note,
      v.at AS taken_back_at, v.period AS counted_in, v.reason AS taken_back_because
    FROM sales AS s JOIN returns AS r ON r.sale_id = s.id
      LEFT JOIN return_reversals AS v ON v.return_id = r.id
    WHERE s.seller_id = :member_id ORDER BY r.id
""").columns(saleable=Flag, asked_at=Instant, decided_at=Instant, taken_back_at=Instant)

MY_RETURN_LINES = text("""
    SELECT s.id AS receipt, a.name AS product, b.quantity, b.amount, b.damaged
    FROM sales AS s JOIN returns AS r ON r.sale_id = s.id
      JOIN return_lines AS b ON b.return_id = r.id
      JOIN sale_lines AS l ON l.id = b.sale_line_id JOIN products AS a ON a.id = l.product_id
    WHERE s.seller_id = :member_id ORDER BY r.id, b.id
""")

MY_STOCK_NOTES = text("""
    SELECT n.kind, a.name AS product, n.quantity, n.expected, n.day, n.document, n.noted_at,
      n.undone_at
    FROM stock_notes AS n JOIN products AS a ON a.id = n.product_id
    WHERE n.member_id = :member_id ORDER BY n.id
""").columns(noted_at=Instant, undone_at=Instant)

SALES_PARTS: Final[Mapping[str, TextClause | TextualSelect]] = {
    "customers": MY_CUSTOMERS,
    "customer_details": MY_CUSTOMER_DETAILS,
    "sales": MY_SALES,
    "sale_lines": MY_SALE_LINES,
    "payment_notes": MY_PAYMENT_NOTES,
    "customer_payments": MY_CUSTOMER_PAYMENTS,
    "listed": MY_LISTED,
    "sale_decisions": MY_DECISIONS,
    "former_sales": MY_FORMER_SALES,
    "former_lines": MY_FORMER_LINES,
    "returns": MY_RETURNS,
    "return_lines": MY_RETURN_LINES,
    "stock_notes": MY_STOCK_NOTES,
}
"""The parts about what a member sold."""
