#include "app/lab/side_job_group.h"

#include <algorithm>

namespace orrery {

void SideJobGroup::watch(std::initializer_list<SideJob*> jobs) {
    for (SideJob* job : jobs) {
        m_jobs.push_back(job);
        connect(job, &SideJob::busyChanged, this, &SideJobGroup::busyChanged);
    }
}

void SideJobGroup::cancelAll() {
    for (SideJob* job : m_jobs)
        job->cancel();
}

bool SideJobGroup::isBusy() const {
    return std::any_of(m_jobs.begin(), m_jobs.end(), [](const SideJob* job) { return job->isBusy(); });
}

void SideJobGroup::wait() {
    while (isBusy())
        for (SideJob* job : m_jobs)
            job->wait();
}

} // namespace orrery
