/** The page of a running controller. */
import './tactus-page.ts';
