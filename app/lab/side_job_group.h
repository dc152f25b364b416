// The computations beside a lab's run as one: busy while one of them is.
#pragma once

#include "app/lab/side_job.h"

#include <QString>
#include <vector>

namespace orrery {

class SideJobGroup : public QObject {
    Q_OBJECT
  public:
    using QObject::QObject;

    void cancelAll();
    [[nodiscard]] bool isBusy() const;
    /// Blocks until every job, and every job that a result has started, is done and delivered.
    void wait();

  Q_SIGNALS:
    void busyChanged();
    void failed(const QString& sentence);

  protected:
    /// Each a member of the derived class.
    void watch(std::initializer_list<SideJob*> jobs);

  private:
    std::vector<SideJob*> m_jobs;
};

} // namespace orrery
