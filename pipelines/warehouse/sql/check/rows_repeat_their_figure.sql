-- figure, bounds or status of a row are not those of the figure that it repeats
-- each: repeats
select source, release, locator
from published.each as repeated
anti join harmonised.observation as figure on each_same
where locator is not null and (value is not null or lower is not null);
