-- One row: the test of the detected victims of all states together; none where no state is tested.
select tested, up, joint_p_value
from published.region
where indicator = 'VIC_DETECT' and tested > 0
